using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Enquiries;

/// <summary>Who a piece of text comes from (D1). Numbers are stored.</summary>
public enum NoteSource
{
    /// <summary>The caller, about themselves or their child.</summary>
    Caller = 1,
    /// <summary>Another member of the family.</summary>
    FamilyMember = 2,
    /// <summary>A professional.</summary>
    Professional = 3,
    /// <summary>A record or letter that was seen.</summary>
    Record = 4,
    /// <summary>The colleague's own observation or act.</summary>
    Colleague = 5,
}

/// <summary>Words of the sources.</summary>
public static class NoteSources
{
    /// <summary>As after "from".</summary>
    public static string Words(this NoteSource source) => source switch
    {
        NoteSource.Caller => "the caller",
        NoteSource.FamilyMember => "a family member",
        NoteSource.Professional => "a professional",
        NoteSource.Record => "a record",
        NoteSource.Colleague => "a colleague",
    };
}

/// <summary>One note. Shows no content.</summary>
/// <param name="At">When what it says happened or was said, UTC; never in the future.</param>
/// <param name="By">The colleague who wrote it.</param>
/// <param name="Text">The text.</param>
/// <param name="Source">Who it comes from.</param>
/// <param name="Rewording">True when a colleague wrote it anew so that it names nobody: such a note may stay when identity goes (C2).</param>
/// <param name="Confidence">True for what a child told us and keeps from their parents: it shows in that child's statement alone.</param>
public sealed record EnquiryNote(
    [property: Field("enquiry.note-at")] DateTimeOffset At, ColleagueId By, [property: Field("enquiry.note")] string Text,
    [property: Field("enquiry.note-source")] NoteSource Source, [property: Field("enquiry.note-rewording")] bool Rewording = false,
    [property: Field("enquiry.note-confidence")] bool Confidence = false)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(EnquiryNote);
}

/// <summary>A level of intervention from a day on (Parent Partnership; field-guide.md section 7).</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="On">The London date of the change.</param>
/// <param name="By">The colleague who decided it.</param>
public sealed record LevelChange([property: Field("enquiry.level")] int Level, [property: Field("enquiry.level-on")] DateOnly On, ColleagueId By)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(LevelChange);
}

/// <summary>What is to be done later. Shows no content.</summary>
/// <param name="On">The day, London; not before the day on which it was noted.</param>
/// <param name="What">What it is for; may be empty.</param>
public sealed record FollowUp([property: Field("enquiry.follow-up")] DateOnly On, [property: Field("enquiry.follow-up-for")] string? What)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FollowUp);
}

/// <summary>A talk in private that was promised (C5): it stays on the worklist until it was held or the caller let it go. Shows no content.</summary>
/// <param name="PromisedAt">When it was promised, UTC.</param>
/// <param name="By">The colleague who promised it.</param>
/// <param name="Slot">When it is to be, UTC; null while no time is agreed.</param>
/// <param name="How">Ring back, a private room…; may be empty.</param>
/// <param name="SettledAt">When it was held or let go, UTC; null while it is owed.</param>
/// <param name="Held">True when it took place; false when the caller let it go.</param>
public sealed record PrivateTalk(
    [property: Field("enquiry.private-talk")] DateTimeOffset PromisedAt, ColleagueId By, [property: Field("enquiry.private-slot")] DateTimeOffset? Slot,
    [property: Field("enquiry.private-how")] string? How, [property: Field("enquiry.private-settled")] DateTimeOffset? SettledAt = null,
    [property: Field("enquiry.private-held")] bool Held = false)
{
    /// <summary>True while the talk is still to be had.</summary>
    public bool Owed => SettledAt is null;

    /// <inheritdoc/>
    public override string ToString() => nameof(PrivateTalk);
}

/// <summary>The answer to "is now a good time to talk?" (C5). Numbers are stored.</summary>
public enum PrivacyAsked
{
    /// <summary>Not asked yet.</summary>
    NotAsked = 0,
    /// <summary>Asked: yes, go on.</summary>
    CanTalk = 1,
    /// <summary>Asked: not now, or not here.</summary>
    CannotTalk = 2,
}

/// <summary>What happened to the enquiry as a whole. Numbers are stored.</summary>
public enum EnquiryEventKind
{
    /// <summary>Opened.</summary>
    Opened = 1,
    /// <summary>Closed.</summary>
    Closed = 2,
    /// <summary>Opened again.</summary>
    Reopened = 3,
}

/// <summary>One step in the life of an enquiry. Shows no content.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="On">The legal date, London: retention counts from the last closing.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="By">The colleague.</param>
/// <param name="Why">Why it was opened again; null otherwise.</param>
public sealed record EnquiryEvent([property: Field("enquiry.event")] EnquiryEventKind Kind, [property: Field("enquiry.when")] DateOnly On,
    [property: Field("enquiry.event-at")] DateTimeOffset At, ColleagueId By,
    [property: Field("enquiry.why")] string? Why = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{nameof(EnquiryEvent)} {Kind}";
}

/// <summary>Where an enquiry stands. Numbers are stored; <see cref="EnquiryStates.Code"/> is what the envelope carries.</summary>
public enum EnquiryState
{
    /// <summary>Open.</summary>
    Open = 1,
    /// <summary>Closed: nothing about it changes but its re-opening.</summary>
    Closed = 2,
    /// <summary>Open again.</summary>
    Reopened = 3,
}

/// <summary>Words and codes of the states.</summary>
public static class EnquiryStates
{
    /// <summary>The envelope's code.</summary>
    public static string Code(this EnquiryState state) => state switch
    {
        EnquiryState.Open => "open",
        EnquiryState.Closed => "closed",
        EnquiryState.Reopened => "reopened",
    };

    /// <summary>The word on screens.</summary>
    public static string Label(this EnquiryState state) => state switch
    {
        EnquiryState.Open => "Open",
        EnquiryState.Closed => "Closed",
        EnquiryState.Reopened => "Open again",
    };
}

/// <summary>What follows for an enquiry from its service and level.</summary>
public static class EnquiryRules
{
    /// <summary>The marking (field-guide.md section 5): Parent Partnership casework, level 2 and up, is OFFICIAL-SENSITIVE; the rest OFFICIAL.</summary>
    public static Marking MarkingOf(Service service, int? highestLevel) => IsCasework(service, highestLevel) ? Marking.Sensitive : Marking.Official;

    /// <summary>The schedule class (field-guide.md section 4). An anonymous Families Information enquiry holds no personal data; a chosen name does.</summary>
    public static string RetentionClassOf(Service service, int? highestLevel, bool anonymous) => service switch
    {
        Service.ChoiceAdvice => "choice-advice-enquiry",
        Service.FamiliesInformation => anonymous ? "fis-anonymous" : "fis-enquiry",
        Service.ParentPartnership => IsCasework(service, highestLevel) ? "pp-case" : "pp-level1",
    };

    /// <summary>The purpose for which it is worked on (D2).</summary>
    public static Purpose PurposeOf(Service service, int? highestLevel) => service switch
    {
        Service.ChoiceAdvice => Purpose.Advise,
        Service.FamiliesInformation => Purpose.GiveInformation,
        Service.ParentPartnership => IsCasework(service, highestLevel) ? Purpose.CaseWork : Purpose.Advise,
    };

    /// <summary>True for Parent Partnership at level 2 and up (field-guide.md section 7).</summary>
    public static bool IsCasework(Service service, int? highestLevel) => service == Service.ParentPartnership && highestLevel >= 2;
}
