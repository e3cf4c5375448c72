using System.Collections.Immutable;

using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Figures;

namespace Wdfis.Domain.Enquiries;

/// <summary>
/// "When do the thirty hours open?": answered and counted, nothing identifying asked or kept (C2, D3). It yields counts
/// and is then forgotten: it has no id, no instant and no colleague.
/// </summary>
public sealed record QuickEnquiry
{
    private QuickEnquiry(Service service, string topic, string outcome, string? channel, DateOnly month)
    {
        Service = service;
        Topic = topic;
        Outcome = outcome;
        Channel = channel;
        Month = month;
    }

    /// <summary>The service.</summary>
    public Service Service { get; }
    /// <summary>Topic code.</summary>
    public string Topic { get; }
    /// <summary>Outcome code.</summary>
    public string Outcome { get; }
    /// <summary>Channel code; null when not asked.</summary>
    public string? Channel { get; }
    /// <summary>The first day of the London month.</summary>
    public DateOnly Month { get; }

    /// <summary>Checks the codes against the lists; keeps of today only the month.</summary>
    public static Checked<QuickEnquiry> Create(Service service, string? topic, string? outcome, string? channel, EnquiryLists lists, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return Checked<QuickEnquiry>.From(
            [
                lists.CheckTopic(service, topic),
                lists.CheckOutcome(service, outcome),
                channel is null ? null : lists.CheckChannel(service, channel),
            ],
            () => new QuickEnquiry(service, topic!, outcome!, channel, new DateOnly(today.Year, today.Month, 1)));
    }

    /// <summary>The counts: month × service × topic, month × service × outcome, and month × service × channel when that is known.</summary>
    public ImmutableArray<Figure> Figures => [.. EnquiryFigures.Of(Service, Topic, Outcome, Channel, Month)];
}

/// <summary>The allow-list of counts that an enquiry may leave behind: three dimensions at most, month and service being two.</summary>
public static class EnquiryFigures
{
    /// <summary>The counts of one enquiry; what is null is not counted.</summary>
    public static IEnumerable<Figure> Of(Service service, string? topic, string? outcome, string? channel, DateOnly day, int? level = null, string? district = null)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        if (topic is not null)
            yield return new Figure($"enquiries/{service.Code()}/topic/{topic}", month);
        if (outcome is not null)
            yield return new Figure($"enquiries/{service.Code()}/outcome/{outcome}", month);
        if (channel is not null)
            yield return new Figure($"enquiries/{service.Code()}/channel/{channel}", month);
        if (level is not null)
            yield return new Figure($"enquiries/{service.Code()}/level/{level}", month);
        if (district is not null)
            yield return new Figure($"enquiries/{service.Code()}/district/{district}", month);
    }
}
