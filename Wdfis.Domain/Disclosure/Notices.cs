using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Disclosure;

/// <summary>One body that is owed a notice, with a tick. Shows no content.</summary>
/// <param name="Of">The last disclosure that told them: what a <see cref="Ground.NoticeOwed"/> names.</param>
/// <param name="Body">Who was told.</param>
/// <param name="TickedBy">The notice that went, or null while it is owed or could not go.</param>
public sealed record NoticeLine(UnitId Of, NamedBody Body, UnitId? TickedBy)
{
    /// <summary>Why no notice could go; null when one went or is owed.</summary>
    public NoticeSettled? Settled { get; init; }

    /// <summary>True while somebody has to do something about it.</summary>
    public bool Owed => TickedBy is null && Settled is null;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(NoticeLine);
}

/// <summary>Who has been told and is owed a notice: after a withdrawal (field-guide.md section 2), a rectification (Article 19), a wrong recipient.</summary>
public static class Notices
{
    /// <summary>One line for each body that was told on this permission. A notice that went after the end ticks it.</summary>
    public static ImmutableArray<NoticeLine> OwedAfter(Permission ended, IEnumerable<DisclosureRecord> disclosures)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var end = ended.Events.LastOrDefault(e => e.Kind is PermissionEventKind.Withdrawn or PermissionEventKind.Refused or PermissionEventKind.Revoked or PermissionEventKind.Invalidated);
        return end is null ? [] : Lines(NoticeKind.Withdrawal, end.At, disclosures, told => told.Permissions.Contains(ended.Id), null);
    }

    /// <summary>One line for each body that has what is made good; after a wrong recipient, for whoever got it.</summary>
    public static ImmutableArray<NoticeLine> OwedAfter(Amends amends, IEnumerable<DisclosureRecord> disclosures)
    {
        ArgumentNullException.ThrowIfNull(amends);
        return Lines(amends.Why, amends.AwareAt, disclosures, told => amends.Of.Contains(told.Id), amends.Reached);
    }

    // A notice names the disclosure of which it is, so that one to a successor ticks the body that was told.
    private static ImmutableArray<NoticeLine> Lines(NoticeKind why, DateTimeOffset since, IEnumerable<DisclosureRecord> disclosures, Func<DisclosureRecord, bool> concerns, NamedBody? reached)
    {
        var all = disclosures.ToList();
        var lines = ImmutableArray.CreateBuilder<NoticeLine>();
        foreach (var same in all.Where(d => d.WasTold && concerns(d)).OrderByDescending(d => d.DecidedAt).ThenBy(d => d.Id).GroupBy(d => d.Body, BodyComparer.Same))
        {
            var notice = all.Where(n => n.WasTold && n.NoticeOf is { } of && n.NoticeWhy == why && n.DecidedAt >= since && same.Any(d => d.Id == of)).MaxBy(n => n.DecidedAt);
            var settled = same.SelectMany(d => d.Settled).LastOrDefault(s => s.Why == why && s.At >= since);
            lines.Add(new(same.First().Id, reached ?? same.First().Body, notice?.Id) { Settled = notice is null ? settled : null });
        }
        return lines.ToImmutable();
    }

    private sealed class BodyComparer : IEqualityComparer<NamedBody>
    {
        public static BodyComparer Same { get; } = new();

        public bool Equals(NamedBody? one, NamedBody? other) => one is not null && other is not null && one.IsSameAs(other);

        // The same body may be named by id or by name: only IsSameAs knows.
        public int GetHashCode(NamedBody body) => 0;
    }
}
