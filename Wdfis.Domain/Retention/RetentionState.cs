using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Retention;

/// <summary>How a record stands with its keep-until date on one day (D5), in the order in which somebody has to look. A hold counts before the date.</summary>
public enum RetentionState
{
    /// <summary>The last day of keeping has passed.</summary>
    Overdue = 1,
    /// <summary>A person has to look, because the trigger is not fully known: a birth date is missing.</summary>
    Review = 2,
    /// <summary>The last day of keeping is today or in the next <see cref="RetentionStates.Ahead"/> days.</summary>
    Due = 3,
    /// <summary>Kept until a later date.</summary>
    Kept = 4,
    /// <summary>Kept while open: no date yet.</summary>
    Open = 5,
    /// <summary>A hold binds it, whatever its date.</summary>
    OnHold = 6,
}

/// <summary>Works out the state.</summary>
public static class RetentionStates
{
    /// <summary>For so many days ahead a record counts as due.</summary>
    public const int Ahead = 90;

    /// <summary>The state of a record on a day. The keep-until date is included in the keeping: a record is overdue the day after.</summary>
    public static RetentionState Of(DateOnly? keepUntil, bool reviewBy, bool onHold, DateOnly today) =>
        onHold ? RetentionState.OnHold
        : keepUntil is { } on && on < today ? RetentionState.Overdue
        : reviewBy ? RetentionState.Review
        : keepUntil is not { } later ? RetentionState.Open
        : later <= today.AddDays(Ahead) ? RetentionState.Due
        : RetentionState.Kept;

    /// <summary>The state of an envelope on a day.</summary>
    public static RetentionState StateOn(this Envelope envelope, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return Of(envelope.KeepUntil.On, envelope.KeepUntil.ReviewBy, envelope.OnHold, today);
    }
}
