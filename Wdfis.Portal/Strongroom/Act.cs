using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Storage.Sqlite;

namespace Wdfis.Portal.Strongroom;

/// <summary>Everything that happens together or not at all, and its one entry in the audit.</summary>
internal sealed record Act(Errand Errand, AuditAction Action, ImmutableArray<Change> Changes)
{
    /// <summary>Why, in somebody's own words; kept apart from the records. Null for none.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Two families that are joined, the one that stays first: one entry names both and nothing else. Empty for any other act.</summary>
    public ImmutableArray<UnitId> Joins { get; init; } = [];
}

/// <summary>One change of an act. Changes are applied in order: a family before what belongs to it.</summary>
internal abstract record Change
{
    private protected Change() { }
}

/// <summary>Saves a whole record. The envelope's own version is not looked at; <paramref name="ExpectedVersion"/> is: 0 makes a new unit.</summary>
internal sealed record Put<T>(Envelope Envelope, T Record, int ExpectedVersion) : Put(Envelope, ExpectedVersion) where T : class
{
    internal override (UnitKind Kind, byte[] Content, byte[]? Card) Write(IServiceProvider formats)
    {
        var format = formats.GetRequiredService<IRecordFormat<T>>();
        return (format.Kind, format.Write(Record), formats.GetService<ISearchCardFormat<T>>()?.WriteCard(Record, Envelope));
    }

    public override string ToString() => $"Put {typeof(T).Name} {Envelope.Id}";
}

/// <summary>What saving a record of any type has in common.</summary>
internal abstract record Put(Envelope Envelope, int ExpectedVersion) : Change
{
    internal abstract (UnitKind Kind, byte[] Content, byte[]? Card) Write(IServiceProvider formats);
}

/// <summary>Destroys a unit, its key first. <paramref name="Why"/> is a code (<c>dropped</c>, <c>anonymised</c>, <c>saved</c>…), never free text.</summary>
internal sealed record Destroy(UnitId Unit, string Why) : Change
{
    /// <summary>The code of disposals: their keys are tombstoned with each batch and cleared out of the file together, by <see cref="WriteLane.ClearDisposed"/>.</summary>
    public const string Disposed = "disposed";
}

/// <summary>Changes the envelope alone.</summary>
internal sealed record Mark(UnitId Unit, int ExpectedVersion, Func<Envelope, Envelope> Change) : Change;

/// <summary>
/// Works out keep-until dates anew, from the envelopes as they stand in this very transaction; for a family's card with the keepings of what
/// leans on it. Nobody's content is touched, so nobody's leave is asked; what a hold binds is not kept shorter, and what has gone is left out.
/// </summary>
/// <param name="Units">Which.</param>
/// <param name="Again">The keeping as it is now.</param>
/// <param name="By">The version of the schedule that the audit names in place of the units; null names them.</param>
internal sealed record Recount(ImmutableArray<UnitId> Units, Func<Envelope, IEnumerable<KeepUntil>, KeepUntil> Again, UnitId? By = null) : Change
{
    /// <summary>
    /// What was worked out beforehand, while nobody waited (<see cref="Keeper.Ahead"/>): it stands for units that are still in the version
    /// before; the others are worked out in the transaction.
    /// </summary>
    public IReadOnlyDictionary<UnitId, Envelope> Ready { get; init; } = ImmutableDictionary<UnitId, Envelope>.Empty;

    /// <summary>A unit with its keeping as it would be now, in the version after.</summary>
    internal Envelope Of(Storage.Sqlite.RecordsFile records, Envelope unit)
    {
        var leaning = unit.Kind != UnitKind.Family ? []
            : records.Envelopes(new EnvelopeQuery { Family = unit.Id, Take = int.MaxValue }).Where(other => Schedule.Leans(other.Kind)).Select(other => other.KeepUntil);
        return Again(unit, leaning) is var next && next.ClassCode == unit.KeepUntil.ClassCode ? unit with { KeepUntil = next, Version = unit.Version + 1 }
            : throw new InvalidOperationException("A record does not change its class by being worked out anew.");
    }
}

/// <summary>Adds to a figure of a month (its first day).</summary>
internal sealed record Count(string Name, DateOnly Month, int By = 1) : Change;

/// <summary>Says that a colleague needs to know the unit, or no longer does. Team leads only.</summary>
internal sealed record Assign(UnitId Unit, ColleagueId Colleague, bool Needed = true) : Change;

/// <summary>Closes a unit to a colleague because of a conflict, or opens it again. Anybody declares their own; the rest is for team leads.</summary>
internal sealed record DeclareConflict(UnitId Unit, ColleagueId Colleague, bool Holds = true) : Change;

/// <summary>
/// Nothing of what was read has changed since: each of these units stands in the version that was seen, and the family has no other card,
/// permission or finding. Whatever was decided on them holds in this very transaction; else nothing is done.
/// </summary>
internal sealed record Unchanged(UnitId? Family, ImmutableDictionary<UnitId, int> Seen) : Change
{
    /// <summary>The kinds of which a family may have gained none.</summary>
    public static ImmutableArray<UnitKind?> Kinds { get; } = [UnitKind.Family, UnitKind.Permission, UnitKind.Finding];

    /// <summary>True when the family may have gained no record of any kind.</summary>
    public bool Whole { get; init; }
}

/// <summary>Binds one unit (a family's with everything of it, also what comes later) or one schedule class to a hold. Team leads only.</summary>
internal sealed record Bind(UnitId Hold, UnitId? Unit, string? Class) : Change;

/// <summary>Releases everything that a hold binds; what another hold binds too stays held. Team leads only.</summary>
internal sealed record Release(UnitId Hold) : Change;

/// <summary>
/// Writes to one of the portal's own tables (who is assigned, who is signed in) inside the act, whose entry names <paramref name="About"/>.
/// What <paramref name="Write"/> gives is why nothing was done; null when it was.
/// </summary>
internal sealed record Enter(UnitId About, Func<RecordsFile, Outcome?> Write) : Change;

/// <summary>What became of an act.</summary>
internal abstract record Outcome
{
    private Outcome() { }

    public abstract TResult Match<TResult>(
        Func<Done, TResult> done,
        Func<Conflict, TResult> conflict,
        Func<Gone, TResult> gone,
        Func<Refused, TResult> refused,
        Func<NoRoom, TResult> noRoom,
        Func<OnHold, TResult> onHold,
        Func<Damaged, TResult> damaged);

    /// <summary>Durable, with the new version of every unit that was saved or marked.</summary>
    internal sealed record Done(IReadOnlyDictionary<UnitId, int> Versions) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => done(this);
    }

    /// <summary>Somebody saved this unit in between; nothing was changed. Version 0: its reference is taken, choose another.</summary>
    internal sealed record Conflict(UnitId Unit, int CurrentVersion) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => conflict(this);
    }

    /// <summary>The unit, or the family that it should belong to, is not there any more; nothing was changed.</summary>
    internal sealed record Gone(UnitId Unit) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => gone(this);
    }

    /// <summary>Not permitted; nothing was changed, and the attempt is on record.</summary>
    internal sealed record Refused(ImmutableArray<RefusalReason> Reasons) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => refused(this);
    }

    /// <summary>The disk is full, or another program has held the files for longer than anybody waits; nothing was changed.</summary>
    internal sealed record NoRoom(bool Held = false) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => noRoom(this);
    }

    /// <summary>A hold binds the unit: it is neither destroyed nor kept shorter; nothing was changed.</summary>
    internal sealed record OnHold(UnitId Unit) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => onHold(this);
    }

    /// <summary>The unit's key is missing or does not open; nothing was changed.</summary>
    internal sealed record Damaged(UnitId Unit, string What) : Outcome
    {
        public override TResult Match<TResult>(Func<Done, TResult> done, Func<Conflict, TResult> conflict, Func<Gone, TResult> gone, Func<Refused, TResult> refused, Func<NoRoom, TResult> noRoom, Func<OnHold, TResult> onHold, Func<Damaged, TResult> damaged) => damaged(this);
    }
}
