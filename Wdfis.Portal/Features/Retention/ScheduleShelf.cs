using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Features.Retention;

/// <summary>The retention schedule in force. Whoever works out a date asks here each time, so that a later version counts from its first day.</summary>
internal sealed class ScheduleShelf(Schedule configured)
{
    public Schedule Current { get; } = configured;
}
