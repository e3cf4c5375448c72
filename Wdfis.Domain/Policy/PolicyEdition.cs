using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>How far an edition of the policy has come. Numbers are stored.</summary>
public enum EditionState
{
    /// <summary>Being written; shown to colleagues only.</summary>
    Draft = 1,
    /// <summary>Approved by a second person; waits for its day.</summary>
    Approved = 2,
    /// <summary>Published; its text never changes again.</summary>
    Published = 3,
}

/// <summary>
/// One edition of the policy with the words of the call's script (C1, C4, A1): drafted by one colleague, approved by another, published
/// on a day. What is published stays as it is for good. Public once published; holds nothing about families.
/// </summary>
public sealed record PolicyEdition
{
    private PolicyEdition() { }

    /// <summary>Its number, never used twice.</summary>
    [Field("policy.version")]
    public PolicyNumber Number { get; private init; }
    /// <summary>The text, every clause once.</summary>
    [Field("policy.text")]
    public PolicyText Text { get; private init; } = null!;
    /// <summary>What is said in a call.</summary>
    [Field("policy.script")]
    public Script Script { get; private init; } = null!;
    /// <summary>True when families told of an earlier edition are told again at their next contact.</summary>
    [Field("policy.material")]
    public bool MaterialChange { get; private init; }
    /// <summary>What changed against the edition before, in words for colleagues.</summary>
    [Field("policy.what-changed")]
    public string WhatChanged { get; private init; } = "";
    /// <summary>Who wrote it last, and when.</summary>
    [Field("policy.drafted")]
    public Stamp Drafted { get; private init; }
    /// <summary>The second person, and when; null while it is a draft.</summary>
    [Field("policy.approved")]
    public Stamp? Approved { get; private init; }
    /// <summary>The first day on which it is the policy, included, London; null until then.</summary>
    [Field("policy.published-on")]
    public DateOnly? PublishedOn { get; private init; }

    /// <summary>How far it has come.</summary>
    public EditionState State => PublishedOn is not null ? EditionState.Published : Approved is not null ? EditionState.Approved : EditionState.Draft;

    /// <summary>A draft. Refuses a text in which a clause is missing, doubled or unknown, a script without words, and a draft that does not say what changed.</summary>
    public static Checked<PolicyEdition> Create(PolicyNumber number, string? markdown, IReadOnlyDictionary<string, string> said, bool materialChange, string? whatChanged, Stamp now)
    {
        var text = PolicyText.Create(number.ToString(), markdown);
        var script = Script.Draft.Reworded(number.ToString(), said);
        return Checked<PolicyEdition>.From(
            [
                number == default ? new Problem("policy.version", "Give the text a version, such as 2026.2.") : null,
                .. text.Problems,
                .. script.Problems,
                string.IsNullOrWhiteSpace(whatChanged) ? new Problem("policy.what-changed", "Say what changed, so that colleagues need not search for it.") : TypedText.Check("policy.what-changed", whatChanged, 2_000, lines: true),
            ],
            () => new PolicyEdition
            {
                Number = number,
                Text = text.Value!,
                Script = script.Value!,
                MaterialChange = materialChange,
                WhatChanged = TypedText.Clean(whatChanged)!,
                Drafted = now,
            });
    }

    /// <summary>Brings an edition back from storage.</summary>
    /// <exception cref="ArgumentException">An approval by the author, or a publication without one.</exception>
    public static PolicyEdition Restore(PolicyNumber number, PolicyText text, Script script, bool materialChange, string whatChanged, Stamp drafted, Stamp? approved, DateOnly? publishedOn) =>
        approved?.By == drafted.By || publishedOn is not null && approved is null
            ? throw new ArgumentException("An edition is approved by a second person before it is published.", nameof(approved))
            : new PolicyEdition { Number = number, Text = text, Script = script, MaterialChange = materialChange, WhatChanged = whatChanged, Drafted = drafted, Approved = approved, PublishedOn = publishedOn };

    /// <summary>The draft with other words; an approval it had is gone. Refused once it is published.</summary>
    public Checked<PolicyEdition> Rewrite(string? markdown, IReadOnlyDictionary<string, string> said, bool materialChange, string? whatChanged, Stamp now) =>
        State == EditionState.Published
            ? new Problem("", "A published edition stays as it is. Draft the next one.")
            : Create(Number, markdown, said, materialChange, whatChanged, now);

    /// <summary>A second person agrees. Refused to whoever wrote it last.</summary>
    public Checked<PolicyEdition> Approve(Stamp second) => Checked<PolicyEdition>.From(
        [
            State == EditionState.Published ? new Problem("", "This edition is published already.") : null,
            second.By == Drafted.By ? new Problem("policy.approved-by", "Somebody other than its author has to approve it.") : null,
        ],
        () => this with { Approved = second });

    /// <summary>
    /// Published from a day on. Refused without an approval, with a day gone by, and with a number or a day that is not after those of
    /// the editions published before.
    /// </summary>
    public Checked<PolicyEdition> Publish(DateOnly on, IEnumerable<PolicyEdition> published, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(published);
        var before = published.Where(edition => edition.PublishedOn is not null && edition.Number != Number).ToList();
        return Checked<PolicyEdition>.From(
            [
                State switch
                {
                    EditionState.Published => new Problem("", "This edition is published already."),
                    EditionState.Draft => new Problem("policy.approved-by", "A second person has to approve it first."),
                    EditionState.Approved => null,
                },
                on < now.On ? new Problem("policy.published-on", "This day has gone by. Choose today or a later day.") : null,
                before.Exists(edition => edition.Number.CompareTo(Number) >= 0) ? new Problem("policy.version", "An edition with this or a later number is published already. Give it the next number.") : null,
                before.Exists(edition => edition.PublishedOn > on) ? new Problem("policy.published-on", "Another edition is published from a later day. Choose a day after that.") : null,
            ],
            () => this with { PublishedOn = on });
    }

    /// <summary>The edition in force on a day: the published one with the latest day not after it; null when there is none.</summary>
    public static PolicyEdition? InForce(IEnumerable<PolicyEdition> editions, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(editions);
        return editions.Where(edition => edition.PublishedOn <= today).OrderBy(edition => edition.PublishedOn).ThenBy(edition => edition.Number).LastOrDefault();
    }

    /// <summary>As the told-ledger needs it; only of a published edition.</summary>
    /// <exception cref="InvalidOperationException">It is not published.</exception>
    public PolicyVersion Version => new(Number, PublishedOn ?? throw new InvalidOperationException("A version that people are told of is published."), MaterialChange);

    /// <summary>Number and state.</summary>
    public override string ToString() => $"{nameof(PolicyEdition)} {Number} {State}";
}
