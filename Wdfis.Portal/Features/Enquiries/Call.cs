using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Components;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>The names of the fields of a call's draft. Drafts outlive a new version of the portal: never give a name a new meaning.</summary>
internal static class CallFields
{
    public const string Form = "live-enquiry";

    public const string Asker = "asker";
    public const string Confirmed = "confirmed";
    public const string Fact1 = "fact-1";
    public const string Fact2 = "fact-2";
    public const string SaidWord = "said-word";

    public const string Rung = "rung";
    public const string Reference = "reference";
    public const string Handle = "handle";
    public const string Person = "person";

    public const string Family = "family";
    public const string FamilyLabel = "family-label";
    public const string FamilyLine = "family-line";
    public const string FamilyWarning = "family-warning";
    public const string FamilyIsNew = "family-is-new";
    public const string Caller = "caller";
    public const string SomebodyElse = "somebody-else";
    public const string CameFrom = "came-from";

    public const string Interpreter = "interpreter";
    public const string Language = "language";
    public const string Privacy = "privacy";
    public const string SlotOn = "slot-on";
    public const string SlotAt = "slot-at";

    public const string Service = "service";
    public const string Channel = "channel";
    public const string Topic = "topic";
    public const string Need = "need";
    public const string Answer = "answer";
    public const string Outcome = "outcome";
    public const string FollowOn = "follow-on";
    public const string Level = "level";

    /// <summary>The field that holds when a line of the script was said.</summary>
    public static string Said(ScriptLine line) => $"said-{line.Id}";

    /// <summary>What must not be there of somebody who stays anonymous.</summary>
    public static ImmutableArray<string> Identifying { get; } =
        [Asker, Confirmed, Fact1, Fact2, SaidWord, Handle, Family, FamilyLabel, FamilyLine, FamilyWarning, FamilyIsNew, Caller, CameFrom];
}

/// <summary>
/// A call as its draft holds it, read as what the fields mean. A value that means nothing reads as not given: whoever forges one gets
/// no further than whoever leaves it out. Content: shows nothing of itself.
/// </summary>
public sealed class Call(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>The field as typed; empty when nothing was given.</summary>
    public string this[string field] => fields.GetValueOrDefault(field, "");

    /// <summary>The field, null when nothing was given.</summary>
    public string? Text(string field) => this[field] is { Length: > 0 } text ? text : null;

    /// <summary>How much the caller lets us know (C2).</summary>
    public Rung Rung => this[CallFields.Rung] switch { "anonymous" => Rung.Anonymous, "handle" => Rung.Handle, _ => Rung.Named };

    /// <summary>The reference given to a caller who is not named; empty while none was drawn.</summary>
    public AnonymousReference Reference => AnonymousReference.TryParse(this[CallFields.Reference], out var reference) ? reference : default;

    /// <summary>The family found or entered; null for none, and for a caller who is not named.</summary>
    public UnitId? Family => Rung == Rung.Named && UnitId.TryParse(this[CallFields.Family], out var id) ? id : null;

    /// <summary>True when the draft says that the family was entered in this call.</summary>
    public bool FamilyIsNew => this[CallFields.FamilyIsNew] == "yes";

    /// <summary>The person of the family who says they are calling; null while nobody was chosen.</summary>
    public PersonId? Caller => Guid.TryParse(this[CallFields.Caller], out var id) && id != Guid.Empty ? new PersonId(id) : null;

    /// <summary>The random id of a caller who is on no card.</summary>
    public PersonId? Person => Guid.TryParse(this[CallFields.Person], out var id) && id != Guid.Empty ? new PersonId(id) : null;

    /// <summary>How the colleague says the caller was confirmed; whether that is enough, the family's card decides.</summary>
    public CallerCheck Check => this[CallFields.Confirmed] switch
    {
        "safe-word" => new CallerCheck.SafeWord(),
        "two-facts" => CallerCheck.TwoFacts.Create(Fact(CallFields.Fact1), Fact(CallFields.Fact2)).Value ?? new CallerCheck.NotConfirmed(),
        "call-back" => new CallerCheck.CallBack(),
        "known-voice" => new CallerCheck.KnownVoice(),
        _ => new CallerCheck.NotConfirmed(),
    };

    /// <summary>The service; null while none was chosen.</summary>
    public Service? Service => Enum.GetValues<Service>().Where(service => service.Code() == this[CallFields.Service]).Select(service => (Service?)service).FirstOrDefault();

    /// <summary>The level chosen, 1 when none was.</summary>
    public int Level => int.TryParse(this[CallFields.Level], NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 1;

    /// <summary>When a line of the script was said; null when it was not, or is dated after now.</summary>
    public DateTimeOffset? SaidAt(ScriptLine line, DateTimeOffset now) =>
        DateTimeOffset.TryParse(this[CallFields.Said(line)], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at <= now ? at : null;

    /// <summary>A date as the browser's own date field writes it.</summary>
    public DateOnly? Date(string field) => this[field].Day();

    /// <summary>The time promised for a talk in private; null while none is agreed.</summary>
    public DateTimeOffset? Slot =>
        Date(CallFields.SlotOn) is { } on && TimeOnly.TryParseExact(this[CallFields.SlotAt], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? London.At(on, at) : null;

    private KnownFact Fact(string field) => Enum.TryParse<KnownFact>(this[field], out var fact) ? fact : default;

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(Call);
}

/// <summary>What stands beside the script: which line tells what, and how a channel tells.</summary>
internal static class CallScript
{
    /// <summary>What of the policy a line tells (C1, C3, D1); null for the question about talking in private.</summary>
    public static ToldWhat? Tells(ScriptLine line) => line.Id switch
    {
        "confidential" => ToldWhat.ConfidentialityPolicy,
        "your-information" => ToldWhat.RightToSeeInformation,
        "what-happens" => ToldWhat.UseOfInformation,
        _ => null,
    };

    public static ToldHow How(string channel, bool interpreter) => interpreter ? ToldHow.Interpreter : channel switch
    {
        "email" or "web-form" or "chat" or "social" => ToldHow.Email,
        "text" => ToldHow.Text,
        "letter" => ToldHow.Letter,
        _ => ToldHow.ReadAloud,
    };
}
