using Wdfis.Domain.Calendar;

namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// Until when a record is kept and why (D5). The date is the last day of keeping, included, a legal date in London.
/// No date means that none can be worked out yet: the record is kept and stands on the review list.
/// </summary>
/// <param name="On">The last day on which the record is kept; null while it is open or its trigger is unknown.</param>
/// <param name="ClassCode">The schedule class, for instance <c>fis-enquiry</c>.</param>
/// <param name="Because">Why, as the end of a sentence: "Families Information enquiries are kept two years from …". Names nobody.</param>
/// <param name="ReviewBy">True when a person has to look because the trigger is not fully known (a birth date is missing).</param>
public sealed record KeepUntil(DateOnly? On, string ClassCode, string Because, bool ReviewBy = false)
{
    /// <summary>One sentence for the screen: "Kept until 31 March 2029, because …"</summary>
    public string Sentence => On is { } on
        ? $"{(ReviewBy ? "Review by" : "Kept until")} {on.Words()}, because {Because}."
        : $"Kept while open, because {Because}.";

    /// <summary>The later of two keepings; one without a date is the latest of all (mixed triggers take the latest).</summary>
    public static KeepUntil Latest(KeepUntil a, KeepUntil b) =>
        a.On is null ? a : b.On is null ? b : b.On > a.On ? b : a;
}
