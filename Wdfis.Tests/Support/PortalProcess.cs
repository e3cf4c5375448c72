using System.Collections.Concurrent;
using System.Diagnostics;

namespace Wdfis.Tests.Support;

/// <summary>
/// The real portal in a process of its own, on a free port of loopback and on a data folder of its own,
/// so that a test can restart or kill it and look at the bytes that it left.
/// </summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly Dictionary<string, string> settings;
    private readonly bool ownsFolder;
    private Process? process;

    private PortalProcess(string dataFolder, bool ownsFolder, Dictionary<string, string> settings)
    {
        DataFolder = dataFolder;
        this.ownsFolder = ownsFolder;
        this.settings = settings;
    }

    public string DataFolder { get; }

    /// <summary>For instance <c>http://localhost:40001</c>, without a slash at its end. Stays the same over a restart.</summary>
    public string Address { get; private set; } = "http://localhost:0";

    public int ProcessId => process?.Id ?? throw new InvalidOperationException("The portal does not run.");

    public ConcurrentQueue<string> Output { get; } = new();

    public static async Task<PortalProcess> Start(string? dataFolder = null, params (string Key, string Value)[] settings)
    {
        var folder = dataFolder ?? Directory.CreateTempSubdirectory("wdfis-").FullName;
        var portal = new PortalProcess(folder, dataFolder is null, settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        await portal.Start();
        return portal;
    }

    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Checkout.PortalFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Checkout.PortalAssembly },
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = Address == "http://localhost:0" ? "http://127.0.0.1:0" : Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        start.Environment["Storage__Folder"] = DataFolder;
        foreach (var (key, value) in settings)
            start.Environment[key] = value;

        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Read(string? line)
        {
            if (line is null)
                return;
            Output.Enqueue(line);
            const string Mark = "WDFIS portal: ";
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                listening.TrySetResult(line[Mark.Length..].Trim());
        }
        running.OutputDataReceived += (_, e) => Read(e.Data);
        running.ErrorDataReceived += (_, e) => Read(e.Data);
        running.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The portal stopped: {string.Join('\n', Output)}"));
        running.Start();
        running.BeginOutputReadLine();
        running.BeginErrorReadLine();
        process = running;
        var address = await listening.Task.WaitAsync(StartLimit);
        Address = $"http://localhost:{new Uri(address).Port}";
    }

    /// <summary>As a power cut would: no warning, no clean-up.</summary>
    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>As an operator would: SIGTERM, and wait until it is gone.</summary>
    public async Task Stop()
    {
        if (process is null)
            return;
        using (var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Another verb of the portal's own executable, on a data folder, to its end.</summary>
    public static async Task<(int Code, string Said)> Verb(string dataFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.PortalAssembly, .. arguments, "--data", dataFolder]) { WorkingDirectory = Checkout.PortalFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var trouble = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await trouble);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (ownsFolder && Directory.Exists(DataFolder))
            Directory.Delete(DataFolder, recursive: true);
    }
}
