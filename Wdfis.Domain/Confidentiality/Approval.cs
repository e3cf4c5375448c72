namespace Wdfis.Domain.Confidentiality;

/// <summary>
/// A second person's agreement (architecture.md section 6): asked by one, given by another, for exactly one thing, with a reason, until an
/// instant. Sign-offs, disposal, release, policy and roles share it. Shows no content.
/// </summary>
public sealed record Approval
{
    private Approval() { }

    /// <summary>What was agreed to, by its fingerprint or id: agreement to one thing is agreement to nothing else.</summary>
    [Field("approval.of")]
    public string Of { get; private init; } = "";
    /// <summary>Who asked.</summary>
    public ColleagueId AskedBy { get; private init; }
    /// <summary>Who agreed: never who asked.</summary>
    public ColleagueId By { get; private init; }
    /// <summary>In which role they agreed.</summary>
    [Field("approval.role")]
    public Role As { get; private init; }
    /// <summary>Why.</summary>
    [Field("approval.reason")]
    public string Reason { get; private init; } = "";
    /// <summary>When, UTC.</summary>
    [Field("approval.at")]
    public DateTimeOffset At { get; private init; }
    /// <summary>Until when it may be used, UTC, not included.</summary>
    [Field("approval.until")]
    public DateTimeOffset Until { get; private init; }

    /// <summary>
    /// Agrees now. Refuses the asker themselves, a role that agrees to nothing (adviser, manager), an empty reason and an end that is not
    /// after now.
    /// </summary>
    public static Checked<Approval> Create(string of, ColleagueId askedBy, Role @as, string? reason, DateTimeOffset until, Stamp now)
    {
        ArgumentException.ThrowIfNullOrEmpty(of);
        return Checked<Approval>.From(
            [
                askedBy == default || now.By == default || askedBy == now.By ? new Problem("approval.by", "Somebody other than the colleague who asks has to agree.") : null,
                @as is Role.TeamLead or Role.InformationGovernance ? null : new Problem("approval.by", "A team lead or the information-governance officer has to agree."),
                string.IsNullOrWhiteSpace(reason) ? new Problem("approval.reason", "Say why you agree.") : TypedText.Check("approval.reason", reason, 1000, lines: true),
                until <= now.At ? new Problem("approval.until", "Choose an end after now.") : null,
            ],
            () => Restore(of, askedBy, now.By, @as, TypedText.Clean(reason)!, now.At, until));
    }

    /// <summary>Brings it back from storage.</summary>
    /// <exception cref="ArgumentException">For nothing, or both persons the same.</exception>
    public static Approval Restore(string of, ColleagueId askedBy, ColleagueId by, Role @as, string reason, DateTimeOffset at, DateTimeOffset until) =>
        string.IsNullOrEmpty(of) || askedBy == by || !Enum.IsDefined(@as)
            ? throw new ArgumentException("An approval is of something, by a second person.", nameof(by))
            : new() { Of = of, AskedBy = askedBy, By = by, As = @as, Reason = reason, At = at, Until = until };

    /// <summary>True when it was given for this, to this asker, and may still be used at this instant.</summary>
    public bool Covers(string of, ColleagueId askedBy, DateTimeOffset at) =>
        string.Equals(Of, of, StringComparison.Ordinal) && AskedBy == askedBy && By != askedBy && At <= at && at < Until;

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Approval);
}
