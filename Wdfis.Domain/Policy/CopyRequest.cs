using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Policy;

/// <summary>How somebody wants to have a copy. Numbers are stored.</summary>
public enum CopyFormat
{
    /// <summary>On paper.</summary>
    Paper = 1,
    /// <summary>On paper, in large print.</summary>
    LargePrint = 2,
    /// <summary>By e-mail.</summary>
    Email = 3,
    /// <summary>In another language.</summary>
    OtherLanguage = 4,
    /// <summary>As a recording.</summary>
    Audio = 5,
}

/// <summary>Somebody asked for a copy of the policy (C4): in what format, where it goes, and when it went. Shows no content.</summary>
public sealed record CopyRequest
{
    private CopyRequest() { }

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>How they want to have it.</summary>
    [Field("copy.format")]
    public CopyFormat Format { get; private init; }
    /// <summary>The language, when it is not English.</summary>
    [Field("copy.language")]
    public string? Language { get; private init; }
    /// <summary>Who asked and where it goes, in the words of whoever took it.</summary>
    [Field("copy.to")]
    public string To { get; private init; } = "";
    /// <summary>The London day on which they asked.</summary>
    [Field("copy.asked-on")]
    public DateOnly AskedOn { get; private init; }
    /// <summary>Who sent it, and when; null while it is owed.</summary>
    [Field("copy.sent")]
    public Stamp? Sent { get; private init; }

    /// <summary>Takes a request. Refuses one without a format, without an address, in another language without saying which, and a day to come.</summary>
    public static Checked<CopyRequest> Create(UnitId id, CopyFormat? format, string? language, string? to, DateOnly askedOn, Stamp now) => Checked<CopyRequest>.From(
        [
            format is { } known && Enum.IsDefined(known) ? null : new Problem("copy.format", "Say how they want to have it."),
            format == CopyFormat.OtherLanguage && string.IsNullOrWhiteSpace(language) ? new Problem("copy.language", "Say which language.") : TypedText.Check("copy.language", language, 100),
            string.IsNullOrWhiteSpace(to) ? new Problem("copy.to", "Say who asked and where the copy goes.") : TypedText.Check("copy.to", to, 1_000, lines: true),
            askedOn > now.On ? new Problem("copy.asked-on", "This day is to come. Give the day on which they asked.") : null,
        ],
        () => new CopyRequest { Id = id, Format = format!.Value, Language = TypedText.Clean(language), To = TypedText.Clean(to)!, AskedOn = askedOn });

    /// <summary>Brings it back from storage.</summary>
    public static CopyRequest Restore(UnitId id, CopyFormat format, string? language, string to, DateOnly askedOn, Stamp? sent) =>
        new() { Id = id, Format = format, Language = language, To = to, AskedOn = askedOn, Sent = sent };

    /// <summary>The last working day to send it on, included.</summary>
    public WorkingDate DueOn(WorkingDays days, int within)
    {
        ArgumentNullException.ThrowIfNull(days);
        return days.Add(AskedOn, within);
    }

    /// <summary>It went. Refused a second time.</summary>
    public Checked<CopyRequest> Send(Stamp now) => Sent is null ? this with { Sent = now } : new Problem("", "This copy was sent already.");

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(CopyRequest);
}

/// <summary>The words of copies.</summary>
public static class CopyWords
{
    /// <summary>As on the screen.</summary>
    public static string Words(this CopyFormat format) => format switch
    {
        CopyFormat.Paper => "On paper",
        CopyFormat.LargePrint => "In large print",
        CopyFormat.Email => "By e-mail",
        CopyFormat.OtherLanguage => "In another language",
        CopyFormat.Audio => "As a recording",
    };
}
