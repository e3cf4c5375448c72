using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Sealing;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>
/// The one service between features and storage: decides, writes down first, then unseals. No feature opens a context to read content.
/// </summary>
internal sealed class Keeper(DataFolder folder, KeyRing ring, WriteLane lane, IServiceProvider formats, TimeProvider clock, EmergencyTerms terms)
{
    internal const string MissingKey = "Its key is missing from the key file.";
    internal const string WrongKey = "The key in the key file is not the one that it was sealed with.";
    internal const string Broken = "Its sealed value does not open: it was changed, or sealed with another key.";
    internal const string Unreadable = "Its content is of a format that this version cannot read.";
    internal const string NoContent = "Its sealed content is missing.";

    /// <summary>For how long one opening stands for one colleague, unit, purpose and circuit.</summary>
    internal static readonly TimeSpan OpeningStands = TimeSpan.FromMinutes(15);

    private const int MostOpenings = 50_000;
    private const int CardsAtOnce = 8_192;

    private readonly ConcurrentDictionary<(ColleagueId Who, UnitId Unit, Purpose Purpose, string Circuit), (DateTimeOffset At, Task Durable)> openings = new();

    /// <summary>Opens one record for one purpose; that it was opened, or refused, is durable before anything is read.</summary>
    public async Task<Opening<T>> Open<T>(Errand errand, UnitId unit, CancellationToken cancel = default) where T : class
    {
        var format = formats.GetRequiredService<IRecordFormat<T>>();
        return await Open(errand, unit, kind => kind == format.Kind, clearance => Unseal(format, unit, clearance), cancel);
    }

    /// <summary>Why things were done with a unit, in the words typed with each act; decided and written down as any other opening.</summary>
    public Task<Opening<Reasons>> Reasons(Errand errand, UnitId unit, CancellationToken cancel = default) =>
        Open(errand, unit, _ => true, clearance => Unseal(unit, clearance), cancel);

    private async Task<Opening<T>> Open<T>(Errand errand, UnitId unit, Func<UnitKind, bool> isAsked, Func<Clearance, Opening<T>> unseal, CancellationToken cancel) where T : class
    {
        if (folder.Records.Use(records => records.Find(unit, errand.Who.Id)) is not { } stored || !isAsked(stored.Envelope.Kind))
            return Absent<T>(unit);
        if (stored.Erasing)
            return new Opening<T>.Erased(clock.GetUtcNow());
        try
        {
            var decision = Decide(errand, stored);
            if (decision is AccessDecision.Refused refused)
            {
                await lane.Note(new Line(errand, AuditAction.Refused, [unit]) { Reason = refused.Reasons[0] }, cancel);
                await (formats.GetService<IWatch>()?.Refused(errand, stored.Envelope, refused.Reasons) ?? Task.CompletedTask);
                return new Opening<T>.Refused(refused.Reasons);
            }
            await WriteDown(errand, unit, cancel);
            var opening = unseal(((AccessDecision.Allowed)decision).Clearance);
            if (opening is Opening<T>.Opened opened && formats.GetService<IWatch>() is { } watch)
                await watch.Opened(errand, stored.Envelope, opened.Record.Open(opened.Clearance));
            return opening;
        }
        catch (NoRoomException full)
        {
            return new Opening<T>.NoRoom(full.Held);
        }
    }

    /// <summary>Writes an opening down with the reason that was said for it; while it stands, opening the unit writes no second entry.</summary>
    public async Task<Outcome> Reasoned(Errand errand, Reason why, Count counted, CancellationToken cancel = default)
    {
        var outcome = await Do(new Act(errand, AuditAction.Opened, [counted]) { Reason = why }, cancel);
        if (outcome is Outcome.Done)
            openings[(errand.Who.Id, why.Unit, errand.Purpose, errand.Circuit)] = (clock.GetUtcNow(), Task.CompletedTask);
        return outcome;
    }

    /// <summary>Whether the colleague is assigned to the unit, or has it open in an emergency.</summary>
    public bool Entrusted(Errand errand, UnitId unit) =>
        folder.Records.Use(records => records.Find(unit, errand.Who.Id)) is { } stored && (stored.Assigned || terms.Stands(stored.EmergencyAt, clock.GetUtcNow()));

    /// <summary>The family that a unit belongs to, without asking who asks; null when it belongs to none or has gone.</summary>
    internal UnitId? FamilyOf(UnitId unit) => folder.Records.Use(records => records.Find(unit, ColleagueId.Portal))?.Envelope.Family;

    /// <summary>Does an act wholly or not at all.</summary>
    public async Task<Outcome> Do(Act act, CancellationToken cancel = default)
    {
        if (act.Reason is { } given && Strongroom.Reason.Check("", given.Text) is { } problem)
            throw new ArgumentException(problem.Sentence, nameof(act));
        var puts = ImmutableArray.CreateBuilder<SealedPut>();
        SealedReason? reason = null;
        var at = default(UnitId);
        try
        {
            foreach (var put in act.Changes.OfType<Put>())
            {
                at = put.Envelope.Id;
                if (Close(put, act.Reason, out var ready, ref reason) is { } failed)
                    return failed;
                puts.Add(ready!);
            }
            if (act.Reason is not null && reason is null)
            {
                at = act.Reason.Unit;
                if (Close(act.Reason, ref reason) is { } failed)
                    return failed;
            }
        }
        catch (KeyRingClosedException closed)
        {
            return new Outcome.Damaged(at, closed.Message);
        }
        catch (SealBrokenException)
        {
            return new Outcome.Damaged(at, WrongKey);
        }
        return await lane.Do(act, puts.ToImmutable(), reason, cancel);
    }

    /// <summary>Works out beforehand what a recount would come to, so that the transaction holds nobody up with it.</summary>
    public Recount Ahead(Recount recount) => folder.Records.Use(records => recount with
    {
        Ready = recount.Units.Select(unit => records.Find(unit, ColleagueId.Portal)).OfType<StoredUnit>().Select(stored => (stored.Envelope, Next: recount.Of(records, stored.Envelope)))
            .Where(both => both.Next.KeepUntil != both.Envelope.KeepUntil).ToDictionary(both => both.Next.Id, both => both.Next),
    });

    /// <summary>An entry without a change of records (found, asked, signed in…); durable when it returns.</summary>
    /// <exception cref="NoRoomException">The disk is full, the ballast included.</exception>
    public Task Note(Errand errand, AuditAction action, ImmutableArray<UnitId> units, CancellationToken cancel = default) =>
        lane.Note(new Line(errand, action, units), cancel);

    public Task<Envelope?> Envelope(UnitId unit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(folder.Records.Use(records => records.Find(unit, ColleagueId.Portal)) is { Erasing: false } stored ? stored.Envelope : null);
    }

    public Task<IReadOnlyList<Envelope>> Envelopes(EnvelopeQuery query, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Envelope>>(folder.Records.Use(records => records.Envelopes(query)));
    }

    /// <summary>The enquiry of somebody without a name, by the whole reference that they hold.</summary>
    public UnitId? EnquiryUnder(string reference) => UnitUnder(UnitKind.Enquiry, reference);

    /// <summary>The unit of a kind by its whole reference or number.</summary>
    public UnitId? UnitUnder(UnitKind kind, string reference) =>
        folder.Records.Use(records => records.Envelopes(new EnvelopeQuery { Kind = kind, Reference = reference, Take = 1 })) is [var envelope] ? envelope.Id : null;

    public Task<int> CountEnvelopes(EnvelopeQuery query, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(folder.Records.Use(records => records.Count(query)));
    }

    /// <summary>Every envelope, for the start alone: subscribe first, then read.</summary>
    public IEnumerable<Envelope> EveryEnvelope(CancellationToken cancel = default)
    {
        using var records = new RecordsFile(Pragmas.Open(folder.RecordsPath));
        foreach (var envelope in records.EveryEnvelope())
        {
            cancel.ThrowIfCancellationRequested();
            yield return envelope;
        }
    }

    /// <summary>
    /// The envelopes of these units in their order, each with whether this colleague may open it for this purpose: for lists. Opens nothing
    /// and writes nothing down; a unit that has gone meanwhile is left out.
    /// </summary>
    public IReadOnlyList<(Envelope Envelope, bool MayOpen)> Shown(Errand errand, IEnumerable<UnitId> units) => folder.Records.Use(records => units
        .Select(unit => records.Find(unit, errand.Who.Id))
        .OfType<StoredUnit>()
        .Where(stored => !stored.Erasing)
        .Select(stored => (stored.Envelope, Decide(errand, stored) is AccessDecision.Allowed))
        .ToList());

    /// <summary>Of these units those about which, or about whose family, this colleague declared a conflict; cards that were joined into it too. Opens nothing.</summary>
    public IReadOnlySet<UnitId> Conflicting(Errand errand, IEnumerable<UnitId> units) => folder.Records.Use(records =>
    {
        var declared = records.Conflicts(errand.Who.Id).SelectMany(records.WithJoined).ToHashSet();
        return declared.Count == 0 ? declared : units.Where(unit => declared.Contains(unit) || records.Find(unit, errand.Who.Id)?.Conflict == true).ToHashSet();
    });

    /// <summary>Every unit and every class that a hold binds: a family's binds everything of it.</summary>
    public (HashSet<UnitId> Units, HashSet<string> Classes) HeldNow() => folder.Records.Use(records => records.HeldNow());

    /// <summary>The versions of a held unit that were overwritten while held; <see cref="OpenEarlier"/> opens them.</summary>
    public IReadOnlyList<int> EarlierVersions(UnitId unit) => folder.Records.Use(records => records.EarlierVersions(unit));

    /// <summary>Opens what a held record was before a save: judged and written down as the record itself.</summary>
    public Task<Opening<T>> OpenEarlier<T>(Errand errand, UnitId unit, int version, CancellationToken cancel = default) where T : class
    {
        var format = formats.GetRequiredService<IRecordFormat<T>>();
        return Open(errand, unit, kind => kind == format.Kind, clearance => Unseal(format, unit, clearance, version), cancel);
    }

    /// <summary>The figures whose names begin so, from a month (its first day) on.</summary>
    public IReadOnlyList<Wdfis.Domain.Figures.Figure> Figures(string prefix, DateOnly from) => folder.Records.Use(records => records.Figures(prefix, from));

    /// <summary>A figure of a month (its first day); 0 when nothing was counted.</summary>
    public Task<long> Figure(string name, DateOnly month, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(folder.Records.Use(records => records.Figure(name, month)));
    }

    /// <summary>Whether this colleague may open the unit for this purpose: for lists and the board. Opens nothing and writes nothing down.</summary>
    public AccessDecision? MayOpen(Errand errand, UnitId unit) =>
        folder.Records.Use(records => records.Find(unit, errand.Who.Id)) is { Erasing: false } stored ? Decide(errand, stored) : null;

    /// <summary>The same, and until when where the minutes of an emergency alone keep it open.</summary>
    public (AccessDecision? Decision, DateTimeOffset? Until) Stands(Errand errand, UnitId unit) =>
        folder.Records.Use(records => records.Find(unit, errand.Who.Id)) is not { Erasing: false } stored ? default
        : Decide(errand, stored) is var decision && decision is AccessDecision.Allowed && Decide(errand, stored, emergency: false) is AccessDecision.Refused ? (decision, terms.EndOf(stored.EmergencyAt))
        : (decision, null);

    /// <summary>Who opened a record, newest first; for team leads.</summary>
    /// <exception cref="UnauthorizedAccessException">The colleague is none.</exception>
    public Task<IReadOnlyList<OpenedBy>> WhoOpened(Errand errand, UnitId unit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (!errand.Who.Is(Role.TeamLead))
            throw new UnauthorizedAccessException("Who opened a record is for team leads.");
        return Task.FromResult<IReadOnlyList<OpenedBy>>([.. Openings(unit)]);
    }

    /// <summary>Whoever opened a record, each once, for a person's statement: it shows their roles and never who they are.</summary>
    /// <exception cref="UnauthorizedAccessException">The colleague may not open the record.</exception>
    public Task<IReadOnlyList<ColleagueId>> EverOpened(Errand errand, UnitId unit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return MayOpen(errand, unit) is AccessDecision.Allowed
            ? Task.FromResult<IReadOnlyList<ColleagueId>>([.. Openings(unit).Select(opening => opening.Who).Distinct()])
            : throw new UnauthorizedAccessException("This record is closed to you.");
    }

    /// <summary>The family of which this one is part by now, however often it was joined; null when it never was.</summary>
    public UnitId? JoinedInto(UnitId gone)
    {
        UnitId? into = null;
        while (Next(into ?? gone) is { } next)
            into = next;
        return into;

        // What is still there was never joined into another: only of what is gone are the entries read.
        UnitId? Next(UnitId unit) => folder.Records.Use(records => records.Find(unit, ColleagueId.Portal) is { Erasing: false } ? [] : Entries(records, unit)).Where(entry => IsJoining(entry) && entry.Units[1] == unit).Select(entry => (UnitId?)entry.Units[0]).FirstOrDefault();
    }

    // Whoever opened a card that was joined into this one opened what is now on this one.
    private IEnumerable<OpenedBy> Openings(UnitId unit) => folder.Records.Use(records => records.WithJoined(unit).SelectMany(one => Entries(records, one)).ToList())
        .Where(entry => entry.Action is AuditAction.Opened or AuditAction.BreakGlass)
        .OrderByDescending(entry => entry.Sequence)
        .Select(entry => new OpenedBy(entry.Who, entry.At, entry.Purpose, entry.Action));

    private static List<AuditEntry> Entries(RecordsFile records, UnitId unit) => [.. records.Entries(unit).Select(bytes => AuditEntry.FromBytes(bytes))];

    // The family that stayed, and the one that became part of it.
    private static bool IsJoining(AuditEntry entry) => entry is { Action: AuditAction.Joined, Units: [_, _] };

    /// <summary>Who needs to know a unit under special handling; for team leads.</summary>
    /// <exception cref="UnauthorizedAccessException">The colleague is none.</exception>
    public Task<IReadOnlyList<ColleagueId>> Assigned(Errand errand, UnitId unit, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return errand.Who.Is(Role.TeamLead)
            ? Task.FromResult<IReadOnlyList<ColleagueId>>(folder.Records.Use(records => records.Assigned(unit)))
            : throw new UnauthorizedAccessException("Who needs to know a record is for team leads.");
    }

    /// <summary>Which of these units the portal destroyed under this circuit (a list's number), by the audit's own word.</summary>
    public HashSet<UnitId> Destroyed(string circuit, IEnumerable<UnitId> units) => folder.Records.Use(records => units.Where(unit => records.Entries(unit).Select(bytes => AuditEntry.FromBytes(bytes))
        .Any(entry => entry.Action == AuditAction.ErasureIntended && entry.Who == ColleagueId.Portal && entry.Circuit == circuit)).ToHashSet());

    /// <summary>Every change from now on, in order, after it is durable and before its act returns.</summary>
    public IDisposable Subscribe(Action<Changed> handler) => lane.Subscribe(handler);

    /// <summary>The search card of one unit, for what holds a few of a kind in memory; null when there is none that opens.</summary>
    public byte[]? Card(UnitId unit)
    {
        if (folder.Records.Use(records => records.FindCard(unit)) is not { } card || ring.Find(unit) is not (KeyAnswer.Found { Key: var key }, var id))
            return null;
        using (key)
            return Seal.Open(key, CardContext(unit, id), card);
    }

    /// <summary>
    /// All search cards of one kind of record, for the start of what holds them in memory: subscribe first, then read. A card that does not open is named to
    /// <paramref name="damaged"/> and left out.
    /// </summary>
    public async IAsyncEnumerable<(Envelope Envelope, byte[] Card)> Cards(
        UnitKind kind, Action<UnitId>? damaged = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.Yield();
        _ = ring.Root;
        using var records = new RecordsFile(Pragmas.Open(folder.RecordsPath));
        using var keys = new KeysFile(Pragmas.Open(folder.KeysPath));
        using var key = keys.All().GetEnumerator();
        var more = key.MoveNext();
        var waiting = new List<(Envelope Envelope, KeyId Id, byte[] Sealed, StoredKey? Key)>(CardsAtOnce);
        foreach (var (envelope, id, card) in records.Cards(kind))
        {
            // Both files are read in order of unit, once.
            while (more && key.Current.Unit.CompareTo(envelope.Id) < 0)
                more = key.MoveNext();
            waiting.Add((envelope, id, card, more && key.Current.Unit == envelope.Id ? key.Current : null));
            if (waiting.Count < CardsAtOnce)
                continue;
            foreach (var opened in Unseal(waiting, damaged, cancel))
                yield return opened;
            waiting.Clear();
        }
        foreach (var opened in Unseal(waiting, damaged, cancel))
            yield return opened;
    }

    /// <summary>The one place where an access decision's facts come from what is stored.</summary>
    internal static AccessDecision Decide(Errand errand, StoredUnit stored, bool emergency) => AccessDecision.Decide(new AccessFacts
    {
        Who = errand.Who,
        Purpose = errand.Purpose,
        Unit = stored.Envelope.Id,
        Kind = stored.Envelope.Kind,
        Marking = stored.Envelope.Marking,
        State = stored.Envelope.State,
        SpecialHandling = stored.SpecialHandling,
        Assigned = stored.Assigned,
        Conflict = stored.Conflict,
        Restricted = stored.Restricted,
        Emergency = emergency,
        Own = stored.Envelope.Owner == errand.Who.Id,
        NamedByRequest = stored.NamedByRequest,
        NamedByBreach = stored.NamedByBreach,
    });

    private AccessDecision Decide(Errand errand, StoredUnit stored) => Decide(errand, stored, terms.Stands(stored.EmergencyAt, clock.GetUtcNow()));

    private Opening<T> Absent<T>(UnitId unit) where T : class => folder.Keys.Use(keys => keys.Find(unit)) is { ErasedAt: { } at }
        ? new Opening<T>.Erased(at)
        : new Opening<T>.Missing();

    private async Task WriteDown(Errand errand, UnitId unit, CancellationToken cancel)
    {
        var opening = (errand.Who.Id, unit, errand.Purpose, errand.Circuit);
        var now = clock.GetUtcNow();
        if (openings.TryGetValue(opening, out var stands) && now - stands.At < OpeningStands && !stands.Durable.IsFaulted)
        {
            await stands.Durable;
            return;
        }
        if (openings.Count >= MostOpenings)
            Forget(now);
        var durable = lane.Note(new Line(errand, AuditAction.Opened, [unit]), cancel);
        openings[opening] = (now, durable);
        await durable;
    }

    // A forgotten opening costs one more entry, never one less.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (opening, (at, _)) in openings)
        {
            if (now - at >= OpeningStands)
                openings.TryRemove(opening, out _);
        }
        if (openings.Count >= MostOpenings)
            openings.Clear();
    }

    private Opening<T> Unseal<T>(IRecordFormat<T> format, UnitId unit, Clearance clearance, int? version = null) where T : class
    {
        if (folder.Records.Use(records => records.FindContent(unit)) is not { } found)
        {
            return folder.Records.Use(records => records.Find(unit, ColleagueId.Portal)) is null
                ? Absent<T>(unit)
                : new Opening<T>.Damaged(unit, NoContent);
        }
        var (stored, content) = found;
        if (version is { } before)
        {
            if (folder.Records.Use(records => records.FindEarlier(unit, before)) is not { } earlier)
                return new Opening<T>.Missing();
            content = earlier;
        }
        return WithKey(unit, stored, clearance, (key, id) =>
        {
            var plain = Seal.Open(key, new SealContext(SealedKind.Content, unit, id, KeyRing.Version), content);
            try
            {
                return format.Read(plain);
            }
            finally
            {
                System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
            }
        });
    }

    private Opening<Reasons> Unseal(UnitId unit, Clearance clearance)
    {
        if (folder.Records.Use(records => records.Find(unit, ColleagueId.Portal)) is not { } stored)
            return Absent<Reasons>(unit);
        var rows = folder.Records.Use(records => records.Reasons(unit).Select(row => (row.Sealed, Entry: AuditEntry.FromBytes(row.Entry))).ToList());
        // One moved to another act of the same unit would open: the audit knows where it belongs.
        if (rows.Exists(row => !row.Entry.ReasonHash.AsSpan().SequenceEqual(Seal.Hash(row.Sealed))))
            return new Opening<Reasons>.Damaged(unit, Broken);
        return WithKey(unit, stored, clearance, (key, id) => new Reasons([.. rows.Select(row => new GivenReason(
            row.Entry.At, row.Entry.Who, row.Entry.Action, System.Text.Encoding.UTF8.GetString(Seal.Open(key, ReasonContext(unit, id), row.Sealed))))]));
    }

    private Opening<T> WithKey<T>(UnitId unit, StoredUnit stored, Clearance clearance, Func<DataKey, KeyId, T> read) where T : class
    {
        try
        {
            var (answer, id) = ring.Find(unit);
            return answer.Match<Opening<T>>(
                found: key =>
                {
                    using (key)
                    {
                        if (id != stored.Key)
                            return new Opening<T>.Damaged(unit, WrongKey);
                        var record = Classified<T>.Wrap(unit, read(key, id), stored.Envelope.Marking, stored.Envelope.KeepUntil);
                        return new Opening<T>.Opened(record, clearance, stored.Envelope);
                    }
                },
                erased: at => new Opening<T>.Erased(at),
                notMade: () => new Opening<T>.Damaged(unit, MissingKey));
        }
        catch (KeyRingClosedException closed)
        {
            return new Opening<T>.Damaged(unit, closed.Message);
        }
        catch (SealBrokenException broken)
        {
            return new Opening<T>.Damaged(unit, broken.Context.Kind == SealedKind.DataKey ? WrongKey : Broken);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidDataException)
        {
            return new Opening<T>.Damaged(unit, Unreadable);
        }
    }

    private IEnumerable<(Envelope Envelope, byte[] Card)> Unseal(
        List<(Envelope Envelope, KeyId Id, byte[] Sealed, StoredKey? Key)> cards, Action<UnitId>? damaged, CancellationToken cancel)
    {
        var opened = new byte[]?[cards.Count];
        Parallel.For(0, cards.Count, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            var (envelope, id, sealedCard, stored) = cards[i];
            try
            {
                if (stored is { Wrapped: { } wrapped } && stored.Value.Id == id)
                {
                    using var key = DataKey.Unwrap(ring.Root, id, envelope.Id, wrapped);
                    opened[i] = Seal.Open(key, CardContext(envelope.Id, id), sealedCard);
                }
            }
            catch (SealBrokenException)
            {
            }
        });
        for (var i = 0; i < cards.Count; i++)
        {
            if (opened[i] is { } card)
                yield return (cards[i].Envelope, card);
            else
                damaged?.Invoke(cards[i].Envelope.Id);
        }
    }

    internal static SealContext CardContext(UnitId unit, KeyId key) => new(SealedKind.SearchCard, unit, key, KeyRing.Version);

    internal static SealContext ReasonContext(UnitId unit, KeyId key) => new(SealedKind.Reason, unit, key, KeyRing.Version);

    private Outcome NoKey(KeyAnswer answer, UnitId unit) =>
        answer is KeyAnswer.Erased || folder.Records.Use(records => records.Find(unit, ColleagueId.Portal)) is null
            ? new Outcome.Gone(unit)
            : new Outcome.Damaged(unit, MissingKey);

    private static SealedReason Close(Reason given, DataKey key, KeyId id) =>
        new(given.Unit, id, Seal.Close(key, ReasonContext(given.Unit, id), System.Text.Encoding.UTF8.GetBytes(TypedText.Clean(given.Text)!)));

    private Outcome? Close(Reason given, ref SealedReason? reason)
    {
        var (answer, id) = ring.Find(given.Unit);
        if (answer is not KeyAnswer.Found { Key: var key })
            return NoKey(answer, given.Unit);
        using (key)
            reason = Close(given, key, id);
        return null;
    }

    private Outcome? Close(Put put, Reason? given, out SealedPut? ready, ref SealedReason? reason)
    {
        ready = null;
        var unit = put.Envelope.Id;
        var fresh = put.ExpectedVersion == 0;
        var (answer, id) = fresh ? (new KeyAnswer.Found(DataKey.Generate()), KeyId.Create(clock)) : ring.Find(unit);
        if (answer is not KeyAnswer.Found { Key: var key })
            return NoKey(answer, unit);
        using (key)
        {
            if (given?.Unit == unit)
                reason = Close(given, key, id);
            var (kind, content, card) = put.Write(formats);
            ready = new SealedPut(put, kind, id,
                Seal.Close(key, new SealContext(SealedKind.Content, unit, id, KeyRing.Version), content),
                card is null ? null : Seal.Close(key, CardContext(unit, id), card),
                card)
            {
                NewKey = fresh ? key.Wrap(ring.Root, id, unit) : null,
            };
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(content);
        }
        return null;
    }
}
