using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Breaches;
using Wdfis.Portal.Features.Colleagues;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary><c>Mail</c>: the council's relay. Off while no server is named.</summary>
internal sealed record MailOptions
{
    public string Server { get; init; } = "";
    public int Port { get; init; } = 587;
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;
    public string UserName { get; init; } = "";
    public string Password { get; init; } = "";
    public string From { get; init; } = "";
    /// <summary>Whom something that needs a lead is told to.</summary>
    public string[] Leads { get; init; } = [];
    /// <summary>Whom it is told to when it still waits after <see cref="EscalateAfterHours"/>.</summary>
    public string[] Deputies { get; init; } = [];
    /// <summary>Working hours.</summary>
    public int EscalateAfterHours { get; init; } = 4;
    /// <summary>London's time on working days at which what waits is summed up.</summary>
    public TimeOnly DigestAt { get; init; } = new(8, 30);
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>How long the relay is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public bool On => Server.Length > 0;

    /// <exception cref="StartRefused">A setting cannot be used.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        MailOptions? read;
        try
        {
            read = configuration.GetSection("Mail").Get<MailOptions>();
        }
        catch (InvalidOperationException wrong)
        {
            throw new StartRefused($"A setting in Mail cannot be used: {wrong.Message}");
        }
        var options = read ?? new();
        if (!options.On)
            return options;
        static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0;
        if (!IsAddress(options.From))
            throw new StartRefused("The setting Mail:From is missing or no address.");
        if (options.Leads.Length == 0 || options.Leads.Concat(options.Deputies).Any(to => !IsAddress(to)))
            throw new StartRefused("The settings Mail:Leads and Mail:Deputies are lists of addresses, the first with one at least.");
        if (options.EscalateAfterHours is < 1 or > 40)
            throw new StartRefused("The setting Mail:EscalateAfterHours is a number of working hours, from 1 to 40.");
        if (options is { Security: SecureSocketOptions.None, UserName.Length: > 0 })
            throw new StartRefused("With Mail:Security None no password is sent: leave Mail:UserName out, or set StartTls or SslOnConnect.");
        return options;
    }
}

/// <summary>
/// The one thing that leaves by mail, and it says nothing: that something needs a lead. No name, no reference, no kind of work. What came
/// since the last look is told at once; what waits longer is told to a deputy; otherwise one sum a working day. What was told is remembered by
/// time alone, and moves on only when the relay took it, so that nothing is lost while it is away.
/// </summary>
internal sealed class MailLeads(MailOptions options, Keeper keeper, BreachDesk breaches, WaitingForSecond second, AuditTrail trail, DataFolder folder, WriteLane lane, WorkingDays days, TimeProvider clock) : IJob
{
    internal const string JobName = "mail";
    internal const string NotSent = "not sent: ";
    private const string Mark = "mail-told";
    private const int Most = 1_000;

    private static readonly string[] Urgent = [Worklist.SecondPerson, Worklist.SignOffs, Worklist.Answers, Worklist.Disposals, "conflicts", "emergencies", Worklist.Alerts];

    public string Name => JobName;

    public bool Due(DateTimeOffset? last, DateTimeOffset now) => options.On && (last is null || now - last >= options.Every);

    public async Task<string> Run(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var told = folder.Records.Use(records => JobTable.Find(records, Mark))?.StartedAt is { } at && at <= now ? at : DateTimeOffset.MinValue;
        // What is made to wait waits from its making, whatever is saved of it meanwhile; some are handed over by a later save.
        var waiting = (await breaches.Counting(cancel)).ToDictionary(breach => breach.Id, breach => trail.SavedAt(breach.Id)?.First ?? now);
        foreach (var one in await Of(list => Urgent.Contains(list.Code), cancel))
            waiting.TryAdd(one.Id, trail.SavedAt(one.Id) is not { } saved ? now : one.Kind is UnitKind.Disclosure or UnitKind.RightsPack or UnitKind.DisposalList ? saved.Last : saved.First);
        var unlisted = second.Since(now).ToList();
        var since = waiting.Values.Concat(unlisted).ToList();
        var mails = new List<(string[] To, string Text)>();
        if (since.Exists(one => one > told))
            mails.Add((options.Leads, since.Count == 1 ? "WDFIS: 1 item needs a lead today" : Say($"WDFIS: {since.Count} items need a lead today")));
        else if (DigestFalls(told, now) && (await Of(list => list.Whose == WorkOf.Led, cancel)).Select(one => one.Id).Union(waiting.Keys).Count() + unlisted.Count is > 0 and var all)
            mails.Add((options.Leads, all == 1 ? "WDFIS: 1 item waits for a lead" : Say($"WDFIS: {all} items wait for a lead")));
        var limit = TimeSpan.FromHours(options.EscalateAfterHours);
        if (options.Deputies.Length > 0 && since.Count(one => days.Hours(one, now) >= limit && days.Hours(one, told) < limit) is > 0 and var late)
            mails.Add((options.Deputies, late == 1 ? "WDFIS: 1 item still needs a lead" : Say($"WDFIS: {late} items still need a lead")));
        if (mails.Count > 0 && await Send(mails, cancel) is { } trouble)
            return NotSent + trouble;
        await lane.Alone(records => JobTable.Put(records, new JobRow { Name = Mark, StartedAt = now, EndedAt = now }), cancel);
        return mails.Count == 0 ? "nothing to tell" : mails.Count == 1 ? "1 mail sent" : Say($"{mails.Count} mails sent");
    }

    // The hour lies between the last look and this one; a Monday makes up for no weekend.
    private bool DigestFalls(DateTimeOffset told, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return days.IsWorkingDay(today).IsWorking && London.At(today, options.DigestAt) is var hour && told < hour && hour <= now;
    }

    private async Task<List<Envelope>> Of(Func<Worklist, bool> which, CancellationToken cancel)
    {
        var found = new List<Envelope>();
        foreach (var query in Worklist.All.Where(which).SelectMany(list => list.Queries(London.Today(clock))))
            found.AddRange(await keeper.Envelopes(query with { Take = Most }, cancel));
        return found;
    }

    private async Task<string?> Send(IEnumerable<(string[] To, string Text)> mails, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(options.Patience);
        try
        {
            var from = MailboxAddress.Parse(options.From);
            using var relay = new SmtpClient { LocalDomain = from.Domain };
            await relay.ConnectAsync(options.Server, options.Port, options.Security, patience.Token);
            if (options.UserName.Length > 0)
                await relay.AuthenticateAsync(options.UserName, options.Password, patience.Token);
            foreach (var (to, text) in mails)
            {
                using var mail = new MimeMessage([from], to.Select(MailboxAddress.Parse), text, new TextPart("plain") { Text = $"{text}.\r\nSign in to the portal to see what it is.\r\n" })
                {
                    Date = clock.GetUtcNow(),
                    // Made up of chance, and nothing of this machine.
                    MessageId = MimeUtils.GenerateMessageId(from.Domain),
                };
                mail.Headers.Add("Auto-Submitted", "auto-generated");
                await relay.SendAsync(mail, patience.Token);
            }
            await relay.DisconnectAsync(quit: true, patience.Token);
            return null;
        }
        // Whatever a relay can do wrong stays between us and it: it is tried again at the next look.
        catch (Exception trouble) when (!cancel.IsCancellationRequested)
        {
            return trouble is OperationCanceledException ? "the relay does not answer" : trouble is SmtpCommandException refused ? Say($"the relay refused ({(int)refused.StatusCode})") : $"the relay cannot be reached ({trouble.GetType().Name})";
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
