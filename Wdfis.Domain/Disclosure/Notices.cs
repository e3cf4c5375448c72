using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;

namespace Wdfis.Domain.Disclosure;

/// <summary>One body that was told under a permission which has ended: it is owed a notice, with a tick. Shows no content.</summary>
/// <param name="Of">The last disclosure that told them: what a <see cref="Ground.NoticeOwed"/> names.</param>
/// <param name="Body">Who was told.</param>
/// <param name="TickedBy">The notice that went, or null while it is owed.</param>
public sealed record NoticeLine(UnitId Of, NamedBody Body, UnitId? TickedBy)
{
    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(NoticeLine);
}

/// <summary>Who had already been told when a permission was taken back (field-guide.md section 2: recipients are told where practicable).</summary>
public static class Notices
{
    /// <summary>One line for each body that was told on this permission. A notice that went after the end ticks it.</summary>
    public static ImmutableArray<NoticeLine> OwedAfter(Permission ended, IEnumerable<DisclosureRecord> disclosures)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var all = disclosures.Where(d => d.WasTold).ToList();
        var end = ended.Events.LastOrDefault(e => e.Kind is PermissionEventKind.Withdrawn or PermissionEventKind.Refused or PermissionEventKind.Revoked or PermissionEventKind.Invalidated);
        if (end is null)
            return [];
        var lines = ImmutableArray.CreateBuilder<NoticeLine>();
        foreach (var told in all.Where(d => d.Permissions.Contains(ended.Id)).OrderByDescending(d => d.DecidedAt).ThenBy(d => d.Id))
        {
            if (lines.Any(l => l.Body.IsSameAs(told.Body)))
                continue;
            var notice = all.FirstOrDefault(n => n.NoticeOf is not null && n.DecidedAt >= end.At && n.Body.IsSameAs(told.Body) && all.Any(d => d.Id == n.NoticeOf && d.Permissions.Contains(ended.Id)));
            lines.Add(new(told.Id, told.Body, notice?.Id));
        }
        return lines.ToImmutable();
    }
}
