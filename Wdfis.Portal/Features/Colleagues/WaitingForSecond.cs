using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Colleagues;

/// <summary>What waits for a second person and stands on no worklist, being no record: rows of the role table, years of the audit to be dropped.</summary>
internal sealed class WaitingForSecond(AuditYears years, ScheduleShelf schedules, AuditTrail trail)
{
    /// <summary>How many rows this colleague could approve: neither theirs nor granted by them.</summary>
    public int Roles(Errand<May.KeepColleagues> errand) => trail.RolesWaiting().Count(row => row.Colleague != errand.Who.Id && row.GrantedBy != errand.Who.Id);

    /// <summary>How many years of the audit somebody else asked to have dropped.</summary>
    public int Years(Errand<May.SignOff> errand) => Asked().Count(year => year.Asked!.Who != errand.Who.Id);

    /// <summary>Since when each waits, for whoever it is; now where the audit does not know.</summary>
    [OpenToAll(OpenBecause.OwnWork)]
    internal IEnumerable<DateTimeOffset> Since(DateTimeOffset now) => trail.RolesWaiting().Select(row => trail.RolesChangedAt(row.Colleague, row.GrantedBy) ?? now)
        .Concat(Asked().Select(year => year.Asked!.At));

    private IEnumerable<AuditYear> Asked() => years.Due(schedules.Current).Where(year => year is { Asked: not null, Agreed: null });
}
