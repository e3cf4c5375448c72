using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Wdfis.Tests.Support;

/// <summary>
/// A connection to the circuits' hub without a browser: says what it is told to, well formed or not, and hears whether it is still listened to.
/// </summary>
internal sealed class HubWire : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource over = new();
    private int asked;

    /// <summary>Connects with a colleague's cookies, and shakes hands unless the handshake is the test's own.</summary>
    public static async Task<HubWire> Connect(PortalProcess portal, CookieContainer cookies, byte[]? handshake = null)
    {
        var wire = new HubWire();
        wire.over.CancelAfter(TimeSpan.FromSeconds(60));
        wire.socket.Options.Cookies = cookies;
        wire.socket.Options.SetRequestHeader("Origin", portal.Address);
        await wire.socket.ConnectAsync(new Uri(portal.Address.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), wire.over.Token);
        await wire.Raw(handshake ?? Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        return wire;
    }

    /// <summary>Bytes as they are; false when nobody takes them any more.</summary>
    public async Task<bool> Raw(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, over.Token);
            return true;
        }
        catch (Exception closed) when (closed is WebSocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>One message of the hub's protocol: its length, then what it is.</summary>
    public Task<bool> Message(ReadOnlySpan<byte> message) => Raw(Framed(message));

    public static byte[] Framed(ReadOnlySpan<byte> message)
    {
        var framed = new List<byte>(message.Length + 5);
        for (var left = (uint)message.Length; ;)
        {
            var seven = (byte)(left & 0x7f);
            left >>= 7;
            framed.Add(left > 0 ? (byte)(seven | 0x80) : seven);
            if (left == 0)
                break;
        }
        framed.AddRange(message);
        return [.. framed];
    }

    /// <summary>A call of a method with no arguments, in MessagePack.</summary>
    public static byte[] Call(string method, string id) => [0x96, 1, 0x80, (byte)(0xa0 | id.Length), .. Encoding.UTF8.GetBytes(id), 0xd9, (byte)method.Length, .. Encoding.UTF8.GetBytes(method), 0x90, 0x90];

    /// <summary>True when the hub still answers here, within the time if one is given; false when it has closed the connection. No answer in time closes it from here.</summary>
    public async Task<bool> Answers(TimeSpan? within = null)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        late.CancelAfter(within ?? Timeout.InfiniteTimeSpan);
        var id = $"a{++asked}";
        if (!await Message(Call("NobodyOffersThis", id)))
            return false;
        var heard = new List<byte>();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer, late.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                    return false;
                heard.AddRange(buffer.AsSpan(0, got.Count));
                if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(heard).IndexOf(Encoding.UTF8.GetBytes(id)) >= 0)
                    return true;
            }
        }
        catch (Exception closed) when (closed is WebSocketException or IOException || closed is OperationCanceledException && within is not null)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        over.Dispose();
        return ValueTask.CompletedTask;
    }
}
