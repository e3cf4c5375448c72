using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Wdfis.Bench;

/// <summary>
/// The portal, or the bare template, in a process of its own, so that its processor and memory are not the load's. It is this program, told
/// to serve; each line that it gets asks for a full collection and for what is held then.
/// </summary>
internal sealed partial class Served : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<string>? held;

    private Served(string what, string folder, (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--serve", what]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not { } line)
                return;
            if (Address().Match(line) is { Success: true } found)
                listening.TrySetResult(found.Value);
            else if (line.StartsWith("held ", StringComparison.Ordinal))
                held?.TrySetResult(line);
            else if (line.Contains("fail:", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal))
                Console.Error.WriteLine(line);
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{what} stopped."));
        process.Start();
        process.BeginOutputReadLine();
    }

    public string Site => listening.Task.Result;

    /// <summary>The processor's time that it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What it holds of the machine's memory, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static async Task<Served> Start(string what, string folder, params (string Key, string Value)[] settings)
    {
        var served = new Served(what, folder, settings);
        await served.listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return served;
    }

    /// <summary>What is held after a full collection, and how many circuits there are.</summary>
    public async Task<(long Live, long WorkingSet, int Circuits)> Held()
    {
        held = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await process.StandardInput.WriteLineAsync("?");
        await process.StandardInput.FlushAsync();
        var figures = (await held.Task).Split(' ').Skip(1).Select(figure => long.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return (figures[0], figures[1], (int)figures[2]);
    }

    /// <summary>The other side of it.</summary>
    public static async Task Serve(string what)
    {
        using var circuits = new OpenCircuits();
        // A thread of its own: one of the pool that waits for a line would be one less for the circuits.
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
                Console.WriteLine($"held {Live()} {Environment.WorkingSet} {circuits.Now}");
            Environment.Exit(0);
        })
        { IsBackground = true }.Start();
        if (what == "template")
            await Template.Template.Run(["--applicationName", "Wdfis.Bench.Template"]);
        else
            await Wdfis.Portal.Portal.Run(["--applicationName", "Wdfis.Portal"]);
    }

    /// <summary>What this process holds after a full collection.</summary>
    public static long Live()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}
