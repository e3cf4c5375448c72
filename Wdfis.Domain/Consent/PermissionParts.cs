using System.Collections.Immutable;

using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Consent;

/// <summary>Contact and share are two permissions, never one (U3 apart from U2). Numbers are stored.</summary>
public enum PermissionKind
{
    /// <summary>We may contact the body; carries <see cref="ScopeItems.ContactMinimum"/>.</summary>
    Contact = 1,
    /// <summary>We may share the items named.</summary>
    Share = 2,
}

/// <summary>By what right somebody gives a permission (field-guide.md section 1.4). Numbers are stored.</summary>
public enum GrantCapacity
{
    /// <summary>A parent or carer with parental responsibility.</summary>
    ParentWithResponsibility = 1,
    /// <summary>A young person or competent child, for themselves.</summary>
    YoungPerson = 2,
    /// <summary>A representative.</summary>
    Representative = 3,
    /// <summary>An adult, for themselves.</summary>
    AdultForThemselves = 4,
}

/// <summary>How it was given. Numbers are stored.</summary>
public enum GivenHow
{
    /// <summary>Spoken, after the script was read.</summary>
    Spoken = 1,
    /// <summary>On paper.</summary>
    Written = 2,
    /// <summary>By e-mail or form.</summary>
    Electronic = 3,
}

/// <summary>Where a permission stands on a day (field-guide.md section 2). <c>default</c> is unknown; only given and renewed count. Numbers are stored.</summary>
public enum PermissionState
{
    /// <summary>Never asked, or not yet begun.</summary>
    Unknown = 0,
    /// <summary>Asked, no answer that counts yet.</summary>
    Requested = 1,
    /// <summary>Given. Counts.</summary>
    Given = 2,
    /// <summary>Given again. Counts.</summary>
    Renewed = 3,
    /// <summary>Said no.</summary>
    Refused = 4,
    /// <summary>Its own date is past.</summary>
    Expired = 5,
    /// <summary>Taken back by the person who may.</summary>
    Withdrawn = 6,
    /// <summary>Ended by somebody else who may: a court, another holder of responsibility as a lead decided.</summary>
    Revoked = 7,
    /// <summary>Found never to have been valid: no authority, wrong text, under pressure.</summary>
    Invalidated = 8,
    /// <summary>The young person decides now.</summary>
    Superseded = 9,
}

/// <summary>Words, codes and the one question about states.</summary>
public static class PermissionStates
{
    /// <summary>True for given and renewed, and for nothing else.</summary>
    public static bool Counts(this PermissionState state) => state switch
    {
        PermissionState.Given or PermissionState.Renewed => true,
        PermissionState.Unknown or PermissionState.Requested or PermissionState.Refused or PermissionState.Expired
            or PermissionState.Withdrawn or PermissionState.Revoked or PermissionState.Invalidated or PermissionState.Superseded => false,
    };

    /// <summary>The envelope's code.</summary>
    public static string Code(this PermissionState state) => state switch
    {
        PermissionState.Unknown => "unknown",
        PermissionState.Requested => "requested",
        PermissionState.Given => "given",
        PermissionState.Renewed => "renewed",
        PermissionState.Refused => "refused",
        PermissionState.Expired => "expired",
        PermissionState.Withdrawn => "withdrawn",
        PermissionState.Revoked => "revoked",
        PermissionState.Invalidated => "invalidated",
        PermissionState.Superseded => "superseded",
    };
}

/// <summary>
/// What is permitted: whom it is about × one named body × purpose × items × channels, from and until. Shows no content.
/// </summary>
public sealed record PermissionTerms
{
    private PermissionTerms() { }

    /// <summary>Whom it is about; never empty.</summary>
    [Field("permission.about")]
    public ImmutableArray<PersonId> About { get; private init; } = [];
    /// <summary>The one body.</summary>
    public NamedBody Body { get; private init; } = null!;
    /// <summary>Contact or share.</summary>
    [Field("permission.kind")]
    public PermissionKind Kind { get; private init; }
    /// <summary>What for, in the words that were said: "so that the school can plan support".</summary>
    [Field("permission.purpose")]
    public string PurposeWords { get; private init; } = "";
    /// <summary>True for SEND matters: a parent's grant stops counting when the young person decides (field-guide.md section 1.4).</summary>
    [Field("permission.send-matter")]
    public bool SendMatter { get; private init; }
    /// <summary>Codes of <see cref="ScopeItems"/>, in their order; exactly the minimum for contact.</summary>
    [Field("permission.items")]
    public ImmutableArray<string> Items { get; private init; } = [];
    /// <summary>Channel codes (<c>phone</c>, <c>email</c>…); never empty.</summary>
    [Field("permission.channels")]
    public ImmutableArray<string> Channels { get; private init; } = [];
    /// <summary>The first day, included, London.</summary>
    [Field("permission.from")]
    public DateOnly From { get; private init; }
    /// <summary>The last day, included, London.</summary>
    [Field("permission.until")]
    public DateOnly Until { get; private init; }

    /// <summary>The longest period that may be agreed at once, in months: beyond it nobody remembers having agreed.</summary>
    public const int LongestMonths = 60;

    /// <summary>
    /// Makes terms. For contact, items are left empty and become the minimum; items beyond it are refused, as that is sharing.
    /// Refuses nobody, no purpose, no item, an unknown item, no channel, and an end before the beginning.
    /// </summary>
    public static Checked<PermissionTerms> Create(IEnumerable<PersonId> about, NamedBody body, PermissionKind kind, string? purposeWords, IEnumerable<string> items,
        IEnumerable<string> channels, DateOnly from, DateOnly until, bool sendMatter = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        ImmutableArray<PersonId> persons = [.. about.Distinct()];
        var asked = items.ToHashSet();
        ImmutableArray<string> ways = [.. channels.Distinct()];
        return Checked<PermissionTerms>.From(
            [
                persons.IsEmpty || persons.Contains(default) ? new Problem(PermissionFields.About, "Say whom the permission is about.") : null,
                Enum.IsDefined(kind) ? null : new Problem(PermissionFields.Kind, "Choose contact or share."),
                string.IsNullOrWhiteSpace(purposeWords) ? new Problem(PermissionFields.Purpose, "Say what the permission is for.") : TypedText.Check(PermissionFields.Purpose, purposeWords, 400),
                kind == PermissionKind.Contact && !asked.IsSubsetOf(ScopeItems.ContactMinimum)
                    ? new Problem(PermissionFields.Items, "A permission to contact carries name, child, that we help and the topic. Ask for a permission to share for anything more.")
                    : kind == PermissionKind.Share && asked.Count == 0 ? new Problem(PermissionFields.Items, "Name what may be shared.")
                    : asked.Any(code => ScopeItems.Find(code) is null) ? new Problem(PermissionFields.Items, "One of the items is not on the list.") : null,
                ways.IsEmpty ? new Problem(PermissionFields.Channels, "Choose how: telephone, e-mail, letter…") : ways.Any(w => string.IsNullOrWhiteSpace(w) || w.Length > 40) ? new Problem(PermissionFields.Channels, "One of the ways is not on the list.") : null,
                until < from ? new Problem(PermissionFields.Until, "The last day is before the first.")
                    : until > from.AddMonths(LongestMonths) ? new Problem(PermissionFields.Until, "This is longer than five years. Agree an earlier last day; it can be renewed.") : null,
            ],
            () => Restore(
                persons, body, kind, TypedText.Clean(purposeWords)!,
                kind == PermissionKind.Contact ? ScopeItems.ContactMinimum : ScopeItems.All.Select(i => i.Code).Where(asked.Contains),
                ways, from, until, sendMatter));
    }

    /// <summary>Brings terms back from storage. Codes are not checked against today's lists: an old record keeps its code.</summary>
    /// <exception cref="ArgumentException">Nobody, nothing, or an end before the beginning.</exception>
    public static PermissionTerms Restore(IEnumerable<PersonId> about, NamedBody body, PermissionKind kind, string purposeWords, IEnumerable<string> items,
        IEnumerable<string> channels, DateOnly from, DateOnly until, bool sendMatter)
    {
        var terms = new PermissionTerms
        {
            About = [.. about],
            Body = body,
            Kind = kind,
            PurposeWords = purposeWords,
            SendMatter = sendMatter,
            Items = [.. items],
            Channels = [.. channels],
            From = from,
            Until = until,
        };
        return terms.About.IsEmpty || terms.Items.IsEmpty || terms.Channels.IsEmpty || !Enum.IsDefined(kind) || until < from
            ? throw new ArgumentException("Terms name somebody, something and a way, and end after they begin.", nameof(about))
            : terms;
    }

    /// <summary>True when the item was named in the words; the parts of the contact minimum go with contact only.</summary>
    public bool Names(string item) => Items.Contains(item);

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(PermissionTerms);
}

/// <summary>
/// A yes: by whom, in what capacity, on what evidence, how, in which words, when. Shows no content.
/// </summary>
public sealed record Grant
{
    /// <summary>Who gave it.</summary>
    [Field("permission.by")]
    public required PersonId By { get; init; }
    /// <summary>By what right.</summary>
    [Field("permission.capacity")]
    public required GrantCapacity Capacity { get; init; }
    /// <summary>What that rests on: "birth certificate seen", "said so, mother"; may be empty for an adult for themselves.</summary>
    [Field("permission.evidence")]
    public string? Evidence { get; init; }
    /// <summary>How.</summary>
    [Field("permission.how")]
    public required GivenHow How { get; init; }
    /// <summary>The version of the text that was read out or signed.</summary>
    [Field("permission.text-version")]
    public required string TextVersion { get; init; }
    /// <summary>The text itself, as it was read out or signed; null when the paper is elsewhere.</summary>
    [Field("permission.words")]
    public string? Words { get; init; }
    /// <summary>When it was given, UTC.</summary>
    [Field("permission.given-at")]
    public required DateTimeOffset GivenAt { get; init; }
    /// <summary>London's date at that instant.</summary>
    public DateOnly GivenOn => London.DateOf(GivenAt);

    /// <summary>All that is wrong with it, for these terms, at this moment.</summary>
    internal IEnumerable<Problem?> Faults(PermissionTerms terms, Stamp now) =>
    [
        By == default ? new Problem(PermissionFields.By, "Say who gave the permission.") : null,
        Enum.IsDefined(Capacity) ? null : new Problem(PermissionFields.Capacity, "Say by what right they give it."),
        Capacity is GrantCapacity.AdultForThemselves or GrantCapacity.YoungPerson && By != default && !terms.About.Contains(By)
            ? new Problem(PermissionFields.Capacity, "Giving it for themselves, they have to be among those whom it is about.") : null,
        Capacity is GrantCapacity.AdultForThemselves && terms.About.Any(p => p != By)
            ? new Problem(PermissionFields.Capacity, "An adult gives it for themselves only. Record another permission for the others.") : null,
        Capacity is GrantCapacity.ParentWithResponsibility or GrantCapacity.Representative && string.IsNullOrWhiteSpace(Evidence)
            ? new Problem(PermissionFields.Evidence, "Say what their authority rests on, even if it is their word.") : TypedText.Check(PermissionFields.Evidence, Evidence),
        Enum.IsDefined(How) ? null : new Problem(PermissionFields.How, "Say how it was given."),
        string.IsNullOrWhiteSpace(TextVersion) ? new Problem(PermissionFields.TextVersion, "Say which text was read out or signed.") : TypedText.Check(PermissionFields.TextVersion, TextVersion, 40),
        TypedText.Check(PermissionFields.Words, Words, TypedText.NoteLimit, lines: true),
        now.RefuseFuture(PermissionFields.GivenAt, GivenAt),
    ];

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(Grant);
}

/// <summary>What happens to a permission. Numbers are stored.</summary>
public enum PermissionEventKind
{
    /// <summary>Asked for.</summary>
    Requested = 1,
    /// <summary>Given.</summary>
    Given = 2,
    /// <summary>Refused.</summary>
    Refused = 3,
    /// <summary>Given again, with a new last day.</summary>
    Renewed = 4,
    /// <summary>Withdrawn.</summary>
    Withdrawn = 5,
    /// <summary>Revoked by somebody else who may.</summary>
    Revoked = 6,
    /// <summary>Found never to have been valid.</summary>
    Invalidated = 7,
    /// <summary>The young person decides now.</summary>
    Superseded = 8,
}

/// <summary>One event in the life of a permission. Shows no content.</summary>
public sealed record PermissionEvent
{
    /// <summary>What happened.</summary>
    [Field("permission.event")]
    public required PermissionEventKind Kind { get; init; }
    /// <summary>When it happened, UTC: for a yes, when it was given.</summary>
    [Field("permission.event-at")]
    public required DateTimeOffset At { get; init; }
    /// <summary>London's date of that.</summary>
    public DateOnly On => London.DateOf(At);
    /// <summary>When it was recorded, UTC.</summary>
    [Field("permission.recorded-at")]
    public required DateTimeOffset RecordedAt { get; init; }
    /// <summary>London's date of that.</summary>
    public DateOnly RecordedOn => London.DateOf(RecordedAt);
    /// <summary>The colleague who recorded it.</summary>
    public required ColleagueId RecordedBy { get; init; }
    /// <summary>Whose words it was; null when nobody of the family's.</summary>
    public PersonId? Person { get; init; }
    /// <summary>The yes, for given and renewed.</summary>
    public Grant? Grant { get; init; }
    /// <summary>The last day that a renewal agreed.</summary>
    [Field("permission.until")]
    public DateOnly? Until { get; init; }
    /// <summary>Why, where a reason is asked.</summary>
    [Field("permission.why")]
    public string? Why { get; init; }
    /// <summary>The lead who agreed to a late entry.</summary>
    public ColleagueId? Lead { get; init; }

    /// <summary>True for a yes that was recorded on a later day than it was given: the same working day is normal.</summary>
    public bool Late => Kind is PermissionEventKind.Given or PermissionEventKind.Renewed && RecordedOn > On;

    /// <summary>True for a late yes to which no lead agreed: it does not count until one does.</summary>
    public bool NeedsLead => Late && Lead is null;

    /// <summary>Kind alone.</summary>
    public override string ToString() => $"{nameof(PermissionEvent)} {Kind}";
}

/// <summary>Why somebody has to look at a permission. Prompts end nothing by themselves.</summary>
public enum PermissionPrompt
{
    /// <summary>Ends within 30 days.</summary>
    EndsSoon = 1,
    /// <summary>Given 24 months ago or longer.</summary>
    TwoYearsOld = 2,
    /// <summary>The young person decides within 30 days.</summary>
    YoungPersonDecidesSoon = 3,
    /// <summary>The purpose is another now.</summary>
    PurposeChanged = 4,
    /// <summary>The body was merged, closed or renamed.</summary>
    BodyChanged = 5,
    /// <summary>Who gave it may no longer hold the authority.</summary>
    AuthorityChanged = 6,
    /// <summary>A late entry waits for a lead.</summary>
    NeedsLead = 7,
}

/// <summary>What changed around a permission since it was given; <c>default</c>: nothing.</summary>
/// <param name="PurposeChanged">The purpose is another now.</param>
/// <param name="BodyChanged">The body was merged, closed or renamed.</param>
/// <param name="AuthorityChanged">Who gave it may no longer hold the authority.</param>
public readonly record struct PermissionCircumstances(bool PurposeChanged = false, bool BodyChanged = false, bool AuthorityChanged = false);

/// <summary>Ids of the fields of a permission.</summary>
public static class PermissionFields
{
    /// <summary>Whom it is about.</summary>
    public const string About = "permission.about";
    /// <summary>The named body.</summary>
    public const string Body = "permission.body";
    /// <summary>Contact or share.</summary>
    public const string Kind = "permission.kind";
    /// <summary>What for.</summary>
    public const string Purpose = "permission.purpose";
    /// <summary>The items named.</summary>
    public const string Items = "permission.items";
    /// <summary>The ways.</summary>
    public const string Channels = "permission.channels";
    /// <summary>The first day.</summary>
    public const string From = "permission.from";
    /// <summary>The last day.</summary>
    public const string Until = "permission.until";
    /// <summary>Who gave it.</summary>
    public const string By = "permission.by";
    /// <summary>By what right.</summary>
    public const string Capacity = "permission.capacity";
    /// <summary>What that rests on.</summary>
    public const string Evidence = "permission.evidence";
    /// <summary>How it was given.</summary>
    public const string How = "permission.how";
    /// <summary>Which text.</summary>
    public const string TextVersion = "permission.text-version";
    /// <summary>The text itself.</summary>
    public const string Words = "permission.words";
    /// <summary>When it was given.</summary>
    public const string GivenAt = "permission.given-at";
    /// <summary>Why it ended.</summary>
    public const string Why = "permission.why";
    /// <summary>The lead who agreed.</summary>
    public const string Lead = "permission.lead";
}
