using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Wdfis.Tests.Support;

/// <summary>A mail as the relay took it.</summary>
internal sealed record Mail(string From, string[] To, string Hello, string Text);

/// <summary>A real mail relay (smtp-server, in Node) on loopback, in a process of its own.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<int> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Relay(Process process) => this.process = process;

    public int Port { get; private set; }

    /// <summary>What it took: there before whoever sent it is told that it was taken.</summary>
    public BlockingCollection<Mail> Taken { get; } = [];

    /// <param name="secure">Offers to encrypt, with a certificate that nobody trusts.</param>
    public static async Task<Relay> Start(bool secure = false)
    {
        var folder = Path.Combine(Checkout.Root, "Wdfis.Tests", "Provider");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules", "smtp-server")), "Run 'npm ci' in Wdfis.Tests/Provider; ./scripts/test.sh does.");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("WDFIS_NODE") ?? "node", "relay.mjs") { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["RELAY_TLS"] = secure ? "yes" : "";
        var relay = new Relay(new Process { StartInfo = start, EnableRaisingEvents = true });
        relay.process.OutputDataReceived += (_, e) => relay.Read(e.Data);
        relay.process.Exited += (_, _) => relay.listening.TrySetException(new InvalidOperationException("The relay stopped."));
        relay.process.Start();
        relay.process.BeginOutputReadLine();
        relay.Port = await relay.listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return relay;
    }

    /// <summary>The next mail that it took.</summary>
    public Mail Next() => Taken.TryTake(out var mail, TimeSpan.FromSeconds(30)) ? mail : throw new TimeoutException("No mail came.");

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Taken.Dispose();
    }

    private void Read(string? line)
    {
        const string Mark = "listening on ";
        if (line?.StartsWith(Mark, StringComparison.Ordinal) == true)
            listening.TrySetResult(int.Parse(line[Mark.Length..], System.Globalization.CultureInfo.InvariantCulture));
        else if (line?.Length > 0)
            Taken.Add(JsonSerializer.Deserialize<Mail>(line, JsonSerializerOptions.Web)!);
    }
}
