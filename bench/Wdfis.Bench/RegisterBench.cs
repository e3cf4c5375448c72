using System.Diagnostics;
using System.Globalization;
using System.Text;
using Wdfis.Portal.Features.Recipients;

namespace Wdfis.Bench;

/// <summary>Reading a national schools register with the filter of one authority: seconds, and the most memory above what was there before.</summary>
internal static class RegisterBench
{
    private const int Rows = 52_000;

    public static Result Row(string folder)
    {
        var (seconds, megabytes, bytes) = Run(folder);
        return new Result($"Schools register, {Rows:N0} rows ({bytes / 1e6:0} MB), one authority kept", $"{seconds:0.00} s, {megabytes:0} MB", "–", "–", "≤ 5 s, ≤ 100 MB", seconds <= 5 && megabytes <= 100);
    }

    private static (double Seconds, double Megabytes, long FileBytes) Run(string folder)
    {
        var path = Path.Combine(folder, "register.csv");
        Write(path);
        try
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Environment.WorkingSet;
            var most = before;
            var reading = true;
            var watcher = new Thread(() =>
            {
                while (Volatile.Read(ref reading))
                {
                    most = Math.Max(most, Environment.WorkingSet);
                    Thread.Sleep(5);
                }
            });
            watcher.Start();
            var watch = Stopwatch.StartNew();
            using var file = File.OpenRead(path);
            var read = SchoolsRegister.Read(file, "384");
            var seconds = watch.Elapsed.TotalSeconds;
            Volatile.Write(ref reading, false);
            watcher.Join();
            if (read.Entries.Length != (Rows + 149) / 150)
                throw new InvalidOperationException("The register was not read whole.");
            return (seconds, (most - before) / 1e6, file.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The sample's header and rows, with numbers of their own; every 150th is of Wakefield. Filled up to the size of the real file.
    private static void Write(string path)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        using var sample = new StreamReader(typeof(SchoolsRegister).Assembly.GetManifestResourceStream("schools-register.csv")!, encoding);
        var lines = sample.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        using var writer = new StreamWriter(path, false, encoding);
        writer.Write(lines[0] + "\r\n");
        var filler = new string('x', 400);
        for (var row = 0; row < Rows; row++)
        {
            var line = row % 150 == 0 ? lines[1] : lines[11];
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{100_000 + row}{line[6..].Replace("\"02-11-2026\"", $"\"{filler}\"", StringComparison.Ordinal)}\r\n"));
        }
    }
}
