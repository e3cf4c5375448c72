using System.Collections.Immutable;

using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Enquiries;

/// <summary>
/// Somebody asks about a person (U1): who asked, in what words, and how to ring them back. They hear
/// <see cref="Sentence"/> and nothing else, whether or not the person is known. Shows no content.
/// </summary>
public sealed record AskedAbout
{
    private AskedAbout() { }

    /// <summary>What the asker is told, word for word, whatever the truth is.</summary>
    public const string Sentence = "I can neither confirm nor deny that anybody is, or ever was, in touch with our service.";

    /// <summary>The unit.</summary>
    public UnitId Id { get; private init; }
    /// <summary>When they asked, UTC.</summary>
    [Field("asked.when")]
    public DateTimeOffset AskedAt { get; private init; }
    /// <summary>The colleague who took it.</summary>
    public ColleagueId By { get; private init; }
    /// <summary>The service that was asked.</summary>
    [Field("asked.service")]
    public Service Service { get; private init; }
    /// <summary>Channel code.</summary>
    [Field("asked.channel")]
    public string Channel { get; private init; } = "";
    /// <summary>Who they said they are; null when they would not say.</summary>
    [Field("asked.asker")]
    public string? Asker { get; private init; }
    /// <summary>What they asked, in their words, the person's name included.</summary>
    [Field("asked.words")]
    public string Words { get; private init; } = "";
    /// <summary>Where they can be rung back; null when they gave nothing.</summary>
    [Field("asked.call-back")]
    public string? CallBack { get; private init; }
    /// <summary>True when the sentence was said or sent.</summary>
    [Field("asked.sentence-given")]
    public bool SentenceGiven { get; private init; }
    /// <summary>Families of which a never-disclose-to name matches the asker: their owner is told; the asker and the screen are not.</summary>
    [Field("asked.never-disclose")]
    public ImmutableArray<UnitId> NeverDiscloseMatches { get; private init; } = [];

    /// <summary>Records the question. Refuses empty words, an unknown channel and an instant in the future.</summary>
    public static Checked<AskedAbout> Create(UnitId id, Service service, string? channel, string? asker, string? words, string? callBack, bool sentenceGiven,
        DateTimeOffset askedAt, IEnumerable<UnitId> neverDiscloseMatches, EnquiryLists lists, Stamp now)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return Checked<AskedAbout>.From(
            [
                lists.CheckChannel(service, channel) is { } wrong ? wrong with { Field = AskedFields.Channel } : null,
                TypedText.Check(AskedFields.Asker, asker),
                string.IsNullOrWhiteSpace(words) ? new Problem(AskedFields.Words, "Write down what was asked.") : TypedText.Check(AskedFields.Words, words, TypedText.NoteLimit, lines: true),
                TypedText.Check(AskedFields.CallBack, callBack),
                now.RefuseFuture(AskedFields.When, askedAt),
            ],
            () => Restore(id, service, channel!, TypedText.Clean(asker), TypedText.Clean(words)!, TypedText.Clean(callBack), sentenceGiven, askedAt, now.By, neverDiscloseMatches));
    }

    /// <summary>Brings it back from storage.</summary>
    /// <exception cref="ArgumentException">Without an id or words.</exception>
    public static AskedAbout Restore(UnitId id, Service service, string channel, string? asker, string words, string? callBack, bool sentenceGiven,
        DateTimeOffset askedAt, ColleagueId by, IEnumerable<UnitId> neverDiscloseMatches)
    {
        if (id.IsEmpty || string.IsNullOrEmpty(words))
            throw new ArgumentException("Somebody asked something.", nameof(words));
        return new AskedAbout
        {
            Id = id,
            Service = service,
            Channel = channel,
            Asker = asker,
            Words = words,
            CallBack = callBack,
            SentenceGiven = sentenceGiven,
            AskedAt = askedAt,
            By = by,
            NeverDiscloseMatches = [.. neverDiscloseMatches.Distinct()],
        };
    }

    /// <summary>The type alone.</summary>
    public override string ToString() => nameof(AskedAbout);
}

/// <summary>Ids of the fields of <see cref="AskedAbout"/>.</summary>
public static class AskedFields
{
    /// <summary>Channel.</summary>
    public const string Channel = "asked.channel";
    /// <summary>Who asked.</summary>
    public const string Asker = "asked.asker";
    /// <summary>Their words.</summary>
    public const string Words = "asked.words";
    /// <summary>Where to ring back.</summary>
    public const string CallBack = "asked.call-back";
    /// <summary>When.</summary>
    public const string When = "asked.when";
}
