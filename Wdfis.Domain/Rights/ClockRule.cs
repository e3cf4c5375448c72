using System.Collections.Immutable;

namespace Wdfis.Domain.Rights;

/// <summary>What somebody may ask for (D6; field-guide.md section 1.5). Numbers are stored.</summary>
public enum RightKind
{
    /// <summary>A copy of what is held, Article 15 (C3, D6).</summary>
    Access = 1,
    /// <summary>Putting right what is wrong, Article 16.</summary>
    Rectification = 2,
    /// <summary>Erasure, Article 17.</summary>
    Erasure = 3,
    /// <summary>Restriction: stored and nothing else, Article 18.</summary>
    Restriction = 4,
    /// <summary>Objection, Article 21.</summary>
    Objection = 5,
    /// <summary>Portability and the rarer rights: registered here, answered by letter.</summary>
    Other = 6,
    /// <summary>A data-protection complaint, section 164A of the Data Protection Act 2018.</summary>
    Complaint = 7,
    /// <summary>A request that reached the council's own desk, complaints team, audit or Ofsted: it brings its own date (S3).</summary>
    Corporate = 8,
}

/// <summary>
/// How long there is to answer, as the law stood from a day on (field-guide.md sections 0 and 1.1). The rule in force on the day of
/// receipt governs a request for its whole life.
/// </summary>
public sealed record ClockRule
{
    /// <summary>The first day of receipt that it governs, included, London.</summary>
    public required DateOnly ValidFrom { get; init; }
    /// <summary>Where it comes from, as the line that explains a due date cites it.</summary>
    public required string Source { get; init; }
    /// <summary>Whole months from the start; 0 when it counts days.</summary>
    public int Months { get; init; }
    /// <summary>Days from the start, the day after it being the first; 0 when it counts months.</summary>
    public int Days { get; init; }
    /// <summary>Whole months from the original start when the time is extended; 0 when it cannot be.</summary>
    public int ExtendedMonths { get; init; }
    /// <summary>True when the time starts only when the identity that was asked for has arrived.</summary>
    public bool IdentityStarts { get; init; }
    /// <summary>True when asking what is meant stops the count until the answer.</summary>
    public bool ClarificationPauses { get; init; }

    /// <summary>Every rule of the requests about data that the portal knows, in order of validity. The law changed in 2026 and will again: add, never edit.</summary>
    public static ImmutableArray<ClockRule> Requests { get; } =
    [
        new() { ValidFrom = new DateOnly(2018, 5, 25), Source = "Article 12(3) UK GDPR", Months = 1, ExtendedMonths = 3, IdentityStarts = true, ClarificationPauses = true },
        new() { ValidFrom = new DateOnly(2026, 2, 5), Source = "Article 12A UK GDPR", Months = 1, ExtendedMonths = 3, IdentityStarts = true, ClarificationPauses = true },
    ];

    /// <summary>Every rule of data-protection complaints: until 19 June 2026 there was none.</summary>
    public static ImmutableArray<ClockRule> Complaints { get; } =
    [
        new() { ValidFrom = new DateOnly(2026, 6, 19), Source = "section 164A Data Protection Act 2018", Days = 30 },
    ];

    /// <summary>The rule for what was received on a day; null when the law gives no time for it.</summary>
    public static ClockRule? For(RightKind kind, DateOnly receivedOn) => kind switch
    {
        RightKind.Access or RightKind.Rectification or RightKind.Erasure or RightKind.Restriction or RightKind.Objection or RightKind.Other => Last(Requests, receivedOn),
        RightKind.Complaint => Last(Complaints, receivedOn),
        RightKind.Corporate => null,
    };

    private static ClockRule? Last(ImmutableArray<ClockRule> rules, DateOnly on) => rules.LastOrDefault(rule => rule.ValidFrom <= on);
}
