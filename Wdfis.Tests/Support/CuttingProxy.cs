using System.Net;
using System.Net.Sockets;

namespace Wdfis.Tests.Support;

/// <summary>A cable between a browser and the portal that a test can pull out and put back: forwards bytes and knows nothing of what they are.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int portalPort;
    private readonly CancellationTokenSource over = new();
    private readonly Lock gate = new();
    private readonly HashSet<TcpClient> open = [];
    private readonly Task accepting;
    private bool cut;

    public CuttingProxy(PortalProcess portal)
    {
        portalPort = new Uri(portal.Address).Port;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>What a browser asks instead of the portal's own address.</summary>
    public string Address => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Ends every connection, and every new one at once.</summary>
    public void Cut()
    {
        lock (gate)
        {
            cut = true;
            foreach (var client in open)
                client.Client.Close(0);
            open.Clear();
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        lock (gate)
            cut = false;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync(over.Token));
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
        }
    }

    private async Task Serve(TcpClient browser)
    {
        using var portal = new TcpClient();
        using (browser)
        {
            try
            {
                if (!Keep(browser))
                    return;
                await portal.ConnectAsync(IPAddress.Loopback, portalPort, over.Token);
                if (!Keep(portal))
                    return;
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(portal.GetStream(), over.Token),
                    portal.GetStream().CopyToAsync(browser.GetStream(), over.Token));
            }
            catch (Exception cutOff) when (cutOff is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // Pulled out: that is what it is for.
            }
            finally
            {
                lock (gate)
                {
                    open.Remove(browser);
                    open.Remove(portal);
                }
            }
        }
    }

    private bool Keep(TcpClient client)
    {
        lock (gate)
        {
            if (cut)
            {
                client.Client.Close(0);
                return false;
            }
            open.Add(client);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        over.Dispose();
    }
}
