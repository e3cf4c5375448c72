using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wdfis.Tests.Support;

/// <summary>
/// One page in a browser that is none: fetches it, starts its circuit, draws nothing, answers what it is asked, and knows who hears what.
/// </summary>
internal sealed partial class HubWindow
{
    /// <summary>To be awaited: whatever names the page's own address, as each of its links does.</summary>
    public static readonly byte[] Here = "here"u8.ToArray();

    private static readonly byte[] Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim speaking = new(1);
    private readonly Dictionary<(string Mark, string Event), Handler> handlers = [];
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string site, cookie;
    private readonly KnownBy[] marks;
    private Task hearing = Task.CompletedTask;
    private readonly byte[][] tells;
    private Wait? wait;
    private string circuit = "";
    private long page;
    private bool closing;

    private HubWindow(string site, string path, string cookie, KnownBy[] marks, byte[][] tells)
    {
        (this.site, this.cookie, this.marks, this.tells, At) = (site, cookie, marks, tells, $"{site}/{path}");
        // As Chromium offers it.
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", site);
    }

    /// <summary>Why the circuit is not what it should be; null while it is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Opens a page, and returns when it says one of what is awaited.</summary>
    public static async Task<HubWindow> Open(string site, string path, string cookie, KnownBy[] marks, byte[][] tells, params byte[][] awaited)
    {
        var window = new HubWindow(site, path, cookie, marks, tells);
        await window.Start(awaited);
        return window;
    }

    /// <summary>The address of the page that it shows.</summary>
    public string At { get; private set; }

    /// <summary>Which of two sayings it drew last, whoever caused it.</summary>
    public int Told { get; private set; }

    /// <summary>Called with the texts of whatever is drawn.</summary>
    public Action<IReadOnlyList<string>>? Drawn { get; set; }

    /// <summary>Does not leave when it is told to, as no script of the portal's would.</summary>
    public bool Stays { get; set; }

    /// <summary>Ends with its circuit or connection, when not by its own leaving; says why.</summary>
    public Task<string> Over => over.Task;

    /// <summary>By which number the circuit knows who hears it.</summary>
    public long HandlerOf(string mark, string name) => handlers[(mark, name)].Id;

    public bool Hears(string mark, string name) => handlers.ContainsKey((mark, name));

    /// <summary>Sends an event, and returns how long it was until something was drawn that says one of what is awaited, and which.</summary>
    public async Task<(TimeSpan Took, int Which)> Until(Func<Task> act, params byte[][] awaited)
    {
        var answer = new TaskCompletionSource<(long At, int Which)>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Both at once: what is drawn in this moment must not answer the one before and be forgotten by this one.
        wait = new Wait(awaited, answer);
        if (Trouble is { } trouble)
            throw new InvalidOperationException(trouble);
        var began = Stopwatch.GetTimestamp();
        await act();
        var (drawn, which) = await answer.Task.WaitAsync(Patience);
        return (Stopwatch.GetElapsedTime(began, drawn), which);
    }

    public Task Click(string mark) => Dispatch(mark, "click", "{\"type\":\"click\",\"detail\":1}");

    public Task Type(string mark, string text) => Dispatch(mark, "input", $"{{\"value\":{JsonSerializer.Serialize(text)}}}");

    public Task Press(string mark, string key) => Dispatch(mark, "keydown", $"{{\"type\":\"keydown\",\"key\":\"{key}\",\"code\":\"{key}\"}}");

    /// <summary>As a browser tells that its address is another now, whether a link led there or not.</summary>
    public Task Go(string path)
    {
        At = $"{site}/{path}";
        return Say("OnLocationChanged", At, null, false);
    }

    /// <summary>Closed as a browser leaves a page, which ends the circuit; or cut off, so that the circuit waits to be found again.</summary>
    public async Task Leave(bool cut = false)
    {
        closing = true;
        if (!cut)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{site}/_blazor/disconnect") { Content = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } } };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("Origin", site);
            (await Http.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
        }
        socket.Abort();
        await hearing;
    }

    /// <summary>As the page's script says that its colleague is there.</summary>
    public static async Task SignOfLife(string site, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{site}/session");
        request.Headers.Add("Cookie", cookie);
        (await Http.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
    }

    private async Task Start(byte[][] awaited)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At);
        request.Headers.Add("Cookie", cookie);
        using var answer = await Http.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        var roots = Roots().Matches(html).Select((root, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{root.Groups[1].Value}}}""").ToArray();
        if (roots.Length == 0)
            throw new InvalidOperationException($"{(int)answer.StatusCode} {answer.Headers.Location} has no circuit.");
        await socket.ConnectAsync(new Uri(site.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), default);
        await socket.SendAsync(Handshake, WebSocketMessageType.Binary, true, default);
        hearing = Hear();
        await Until(async () =>
        {
            await Send(HubWire.Call("StartCircuit", "start", site + "/", At, "[]", ""));
            circuit = await started.Task.WaitAsync(Patience);
            await Say("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', roots)}}]}""", State().Match(html).Groups[1].Value);
        }, awaited);
    }

    private Task Dispatch(string mark, string name, string details) => Dispatch(HandlerOf(mark, name), name, details);

    /// <summary>An event of the handler with a number, of this window or not.</summary>
    public Task Dispatch(long handler, string name, string details) => Say("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", page,
        $"[{{\"eventHandlerId\":{handler},\"eventName\":\"{name}\",\"eventFieldInfo\":null}},{details}]");

    private Task Say(string method, params object?[] arguments) => Send(HubWire.Call(method, null, arguments));

    private async Task Send(byte[] message)
    {
        await speaking.WaitAsync();
        try
        {
            await socket.SendAsync(HubWire.Framed(message), WebSocketMessageType.Binary, true, default);
        }
        finally
        {
            speaking.Release();
        }
    }

    private async Task Hear()
    {
        var buffer = new byte[16 * 1024];
        var (length, shaken) = (0, false);
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, 2 * length);
                var got = await socket.ReceiveAsync(buffer.AsMemory(length), default);
                if (got.MessageType == WebSocketMessageType.Close)
                    throw new IOException("The circuit was closed.");
                length += got.Count;
                if (!got.EndOfMessage)
                    continue;
                // The first is the handshake's answer, which ends with a record separator.
                var done = shaken ? 0 : Array.IndexOf(buffer, (byte)0x1e, 0, length) + 1;
                shaken |= done > 0;
                while (shaken && Next(buffer.AsSpan(done, length - done)) is { } whole)
                {
                    foreach (var reply in Take(buffer.AsSpan(done + whole.Head, whole.Length)))
                        await Send(reply);
                    done += whole.Head + whole.Length;
                }
                buffer.AsSpan(done, length - done).CopyTo(buffer);
                length -= done;
            }
        }
        catch (Exception over)
        {
            if (!closing)
                Fail($"{over.GetType().Name}: {over.Message}");
        }
    }

    private static (int Head, int Length)? Next(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
                return bytes.Length - i - 1 >= length ? (i + 1, length) : null;
        }
        return null;
    }

    // What the browser's script would do with it: the answers to send.
    private List<byte[]> Take(ReadOnlySpan<byte> message)
    {
        var replies = new List<byte[]>();
        var read = new Unpacked(message);
        read.Array();
        switch (read.Integer())
        {
            case 1:
                read.Skip();
                read.Skip();
                Called(Encoding.UTF8.GetString(read.Bytes()), ref read, replies);
                break;
            case 3:
                read.Skip();
                read.Skip();
                if (read.Integer() == 3 && Encoding.UTF8.GetString(read.Bytes()) is { Length: > 0 } result)
                    started.TrySetResult(result);
                else
                    Fail("No circuit.");
                break;
            case 6:
                replies.Add([0x91, 6]);
                break;
            case 7:
                Fail("The hub closed the connection.");
                break;
        }
        return replies;
    }

    private void Called(string method, ref Unpacked read, List<byte[]> replies)
    {
        var count = read.Array();
        switch (method)
        {
            case "JS.RenderBatch":
                var id = read.Integer();
                var drawn = read.Bytes();
                new Batch(drawn).Read(marks, handlers);
                Drawn?.Invoke(new Batch(drawn).Texts());
                for (var i = 0; i < tells.Length; i++)
                {
                    if (drawn.IndexOf(tells[i]) >= 0)
                        Told = i;
                }
                if (wait is { } now)
                {
                    for (var i = 0; i < now.For.Length; i++)
                    {
                        if (drawn.IndexOf(now.For[i] == Here ? Encoding.UTF8.GetBytes(At[(site.Length + 1)..] + '/') : now.For[i]) >= 0)
                        {
                            now.Answered(i);
                            break;
                        }
                    }
                }
                replies.Add(HubWire.Call("OnRenderCompleted", null, id, null));
                break;
            case "JS.BeginInvokeJS":
                var task = read.Integer();
                var (asked, given) = (Encoding.UTF8.GetString(read.Bytes()), Encoding.UTF8.GetString(read.Bytes()));
                if (asked == "Blazor._internal.attachWebRendererInterop")
                    page = long.Parse(Reference().Match(given).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                if (task != 0 && !(Stays && asked == "wdfis.leave"))
                    replies.Add(HubWire.Call("EndInvokeJSFromDotNet", null, task, true, $"[{task},true,null]"));
                if (asked == "Blazor._internal.navigationManager.navigateTo")
                    Went(new Uri(new Uri(site), JsonDocument.Parse(given).RootElement[0].GetString()).ToString(), replies);
                break;
            case "JS.EndInvokeDotNet" when count == 3:
                read.Skip();
                if (read.Failed())
                    Fail(Encoding.UTF8.GetString(read.Bytes()));
                break;
            case "JS.Error":
                Fail(Encoding.UTF8.GetString(read.Bytes()));
                break;
        }
    }

    // To where one is already, nothing is drawn.
    private void Went(string to, List<byte[]> replies)
    {
        if (to == At)
            wait?.Answered(-1);
        At = to;
        replies.Add(HubWire.Call("OnLocationChanged", null, to, null, false));
    }

    private void Fail(string why)
    {
        Trouble ??= why;
        over.TrySetResult(why);
        started.TrySetException(new InvalidOperationException(why));
        wait?.Answer.TrySetException(new InvalidOperationException(why));
    }

    /// <summary>What is waited for, and where the answer goes; only the first counts.</summary>
    private sealed record Wait(byte[][] For, TaskCompletionSource<(long At, int Which)> Answer)
    {
        public void Answered(int which) => Answer.TrySetResult((Stopwatch.GetTimestamp(), which));
    }

    [GeneratedRegex(@"<!--Blazor:(\{""type"".*?\})-->")]
    private static partial Regex Roots();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("\"__dotNetObject\":(\\d+)")]
    private static partial Regex Reference();
}
