using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Curiosity;

/// <summary>Why a colleague opens a family of which no work of theirs says why (S2). The number is the key that chooses it.</summary>
public enum OpeningReason
{
    /// <summary>They are on the telephone or at the desk.</summary>
    Here = 1,
    /// <summary>A call or a message of theirs is answered.</summary>
    Answering = 2,
    /// <summary>Something agreed with them is prepared.</summary>
    Preparing = 3,
    /// <summary>A colleague is away.</summary>
    Covering = 4,
    /// <summary>The record itself is looked after.</summary>
    Correcting = 5,
    /// <summary>Something else; then in words.</summary>
    Other = 6,
}

/// <summary>The work that is the reason of an opening by itself, so that nobody is asked.</summary>
public enum StandingReason
{
    /// <summary>Rights, retention, quality, a complaint or a breach: the purpose names the work.</summary>
    Purpose = 1,
    /// <summary>The colleague entered the family that day.</summary>
    Own = 2,
    /// <summary>An open enquiry of the family, its follow-up or its case, is the colleague's.</summary>
    Enquiry = 3,
    /// <summary>The colleague is assigned to the family, or has it open in an emergency.</summary>
    Entrusted = 4,
}

/// <summary>Whether an opening has its reason by itself, and the words of those that are asked.</summary>
public static class OpeningReasons
{
    /// <summary>The states of an enquiry on which somebody works.</summary>
    public static bool IsOpen(this Envelope enquiry) => enquiry is { Kind: UnitKind.Enquiry, State: "open" or "reopened" };

    /// <summary>The reason that stands by itself, from envelopes alone; null when the colleague has to be asked (S2).</summary>
    /// <param name="who">Who opens.</param>
    /// <param name="purpose">For what.</param>
    /// <param name="today">The day in London.</param>
    /// <param name="family">The family's envelope.</param>
    /// <param name="units">What belongs to the family.</param>
    /// <param name="entrusted">True when the colleague is assigned to it, or has it open in an emergency.</param>
    public static StandingReason? StandsBy(ColleagueId who, Purpose purpose, DateOnly today, Envelope family, IEnumerable<Envelope> units, bool entrusted)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(units);
        return purpose is Purpose.RightsRequest or Purpose.RetentionReview or Purpose.QualityReview or Purpose.Complaint or Purpose.Breach ? StandingReason.Purpose
            : family.Owner == who && family.CreatedOn == today ? StandingReason.Own
            : units.Any(unit => unit.Family == family.Id && unit.Owner == who && unit.IsOpen()) ? StandingReason.Enquiry
            : entrusted ? StandingReason.Entrusted
            : null;
    }

    /// <summary>As on the screen and in the record.</summary>
    public static string Words(this OpeningReason reason) => reason switch
    {
        OpeningReason.Here => "The family is on the telephone or at the desk",
        OpeningReason.Answering => "Calling back or answering a message",
        OpeningReason.Preparing => "Preparing something agreed with the family",
        OpeningReason.Covering => "Covering for a colleague",
        OpeningReason.Correcting => "Checking or correcting the record",
        OpeningReason.Other => "Something else that I was asked to do",
    };
}
