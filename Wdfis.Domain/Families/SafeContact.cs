using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Domain.Families;

/// <summary>A way of getting in touch. Numbers are stored: never reuse one.</summary>
public enum ContactChannel
{
    /// <summary>A call to a mobile.</summary>
    Mobile = 1,
    /// <summary>A call to a landline.</summary>
    Landline = 2,
    /// <summary>A text message.</summary>
    Text = 3,
    /// <summary>E-mail.</summary>
    Email = 4,
    /// <summary>Post.</summary>
    Post = 5,
    /// <summary>A visit.</summary>
    Visit = 6,
    /// <summary>Any other.</summary>
    Other = 7,
}

/// <summary>One way that the person said is safe.</summary>
public sealed record SafeWay
{
    /// <summary>How.</summary>
    [Field("family.safe.channel")]
    public required ContactChannel Channel { get; init; }
    /// <summary>The number or address; null for each that we hold of this channel and that is nobody else's.</summary>
    [Field("family.safe.address")]
    public string? Address { get; init; }
    /// <summary>Safe from this time of day, included, London; null for no bound.</summary>
    [Field("family.safe.from")]
    public TimeOnly? From { get; init; }
    /// <summary>Safe until this time of day, not included, London; null for no bound.</summary>
    [Field("family.safe.until")]
    public TimeOnly? Until { get; init; }
    /// <summary>Anything else to keep to: "not on Fridays".</summary>
    [Field("family.safe.note")]
    public string? Note { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(SafeWay);

    internal bool Holds(TimeOnly at) => (From, Until) switch
    {
        (null, null) => true,
        ({ } from, null) => at >= from,
        (null, { } until) => at < until,
        // A way may run over midnight.
        ({ } from, { } until) => from <= until ? at >= from && at < until : at >= from || at < until,
    };
}

/// <summary>What a colleague is about to do.</summary>
public sealed record ContactAttempt
{
    /// <summary>How.</summary>
    public required ContactChannel Channel { get; init; }
    /// <summary>To which number or address.</summary>
    public required string Address { get; init; }
    /// <summary>The time of day, London.</summary>
    public required TimeOnly At { get; init; }
    /// <summary>True when a message would be left.</summary>
    public bool Voicemail { get; init; }
    /// <summary>True when the number or address is somebody else's, or shared.</summary>
    public bool SomebodyElses { get; init; }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(ContactAttempt);
}

/// <summary>The enquiry that is being answered: by which way it came, and until when it may be answered that way.</summary>
public sealed record EnquiryContext
{
    /// <summary>The channel by which they came.</summary>
    public required ContactChannel CameBy { get; init; }
    /// <summary>The number or address that they used.</summary>
    public required string Address { get; init; }
    /// <summary>The tenth working day after they came, included, London.</summary>
    public required DateOnly LastOn { get; init; }

    /// <summary>An enquiry that came on a day: may be answered by the way it came for ten working days after it.</summary>
    public static EnquiryContext For(ContactChannel cameBy, string address, DateOnly cameOn, WorkingDays workingDays) =>
        new() { CameBy = cameBy, Address = address, LastOn = Last(cameOn, workingDays) };

    /// <summary>The last day, included, on which an enquiry that came on a day may be answered the way it came.</summary>
    public static DateOnly Last(DateOnly cameOn, WorkingDays workingDays)
    {
        ArgumentNullException.ThrowIfNull(workingDays);
        return workingDays.Add(cameOn, 10).On;
    }

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(EnquiryContext);
}

/// <summary>The answer to "may I get in touch this way, now?". The words carry no content.</summary>
public abstract record ContactAnswer
{
    private ContactAnswer() { }

    /// <summary>Why, and what to keep to or do instead.</summary>
    public abstract string Words { get; }

    /// <summary>Takes the case that holds.</summary>
    public abstract TResult Match<TResult>(Func<Yes, TResult> yes, Func<No, TResult> no, Func<DoNotContact, TResult> doNotContact);

    /// <summary>This way, now, is agreed or is an answer by the way they came.</summary>
    public sealed record Yes : ContactAnswer
    {
        internal Yes(string words) => Words = words;
        /// <inheritdoc/>
        public override string Words { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Yes, TResult> yes, Func<No, TResult> no, Func<DoNotContact, TResult> doNotContact) => yes(this);
    }

    /// <summary>Not this way, or not now.</summary>
    public sealed record No : ContactAnswer
    {
        internal No(string words) => Words = words;
        /// <inheritdoc/>
        public override string Words { get; }
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Yes, TResult> yes, Func<No, TResult> no, Func<DoNotContact, TResult> doNotContact) => no(this);
    }

    /// <summary>In no way at all: danger.</summary>
    public sealed record DoNotContact : ContactAnswer
    {
        internal DoNotContact() { }
        /// <inheritdoc/>
        public override string Words => "Do not contact: there is a sign of danger. Wait until they get in touch, and speak to a lead.";
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Yes, TResult> yes, Func<No, TResult> no, Func<DoNotContact, TResult> doNotContact) => doNotContact(this);
    }
}

/// <summary>
/// What was agreed with the person about getting in touch safely (C5, field-guide.md section 7): agreed, never assumed. Never goes out
/// of the service in any form.
/// </summary>
public sealed record SafeContact
{
    /// <summary>True at any sign of danger: nobody is contacted in any way, whatever was agreed before.</summary>
    [Field("family.safe.danger")]
    public bool Danger { get; init; }
    /// <summary>The ways that are safe. When there is one, only these are.</summary>
    public ImmutableArray<SafeWay> Ways { get; init; } = [];
    /// <summary>True when they agreed to messages on these ways.</summary>
    [Field("family.safe.voicemail")]
    public bool Voicemail { get; init; }
    /// <summary>What may be said to whoever answers; null for nothing but a wrong number.</summary>
    [Field("family.safe.may-say")]
    public string? MaySay { get; init; }
    /// <summary>The word by which they are known.</summary>
    [Field("family.safe.word")]
    public string? SafeWord { get; init; }
    /// <summary>Numbers and addresses that are never used.</summary>
    [Field("family.safe.unsafe-address")]
    public ImmutableArray<string> UnsafeAddresses { get; init; } = [];
    /// <summary>Names of people who must not learn anything, not even that the family is known.</summary>
    [Field("family.safe.never-disclose-to")]
    public ImmutableArray<string> NeverDiscloseTo { get; init; } = [];
    /// <summary>The day on which it was last gone through with them, London.</summary>
    [Field("family.safe.reviewed-on")]
    public required DateOnly ReviewedOn { get; init; }
    /// <summary>Who set it.</summary>
    public required ColleagueId SetBy { get; init; }
    /// <summary>From whom we have it.</summary>
    [Field("family.source")]
    public required Source Source { get; init; }

    /// <summary>
    /// May we get in touch this way, now? Danger stops everything. Agreed ways, where there are any, are the only ones. Otherwise an enquiry
    /// may be answered by the channel and to the address that they used until its last day, included; voicemail, post, other people's
    /// telephones and any new number stay "no" until agreed. A letter is answered by post only after that was recorded as a safe way.
    /// </summary>
    /// <param name="agreed">What was agreed; null when nothing was.</param>
    /// <param name="attempt">What the colleague is about to do.</param>
    /// <param name="today">Today in London.</param>
    /// <param name="enquiry">The enquiry being answered; null for none.</param>
    public static ContactAnswer MayContact(SafeContact? agreed, ContactAttempt attempt, DateOnly today, EnquiryContext? enquiry = null)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (agreed?.Danger == true)
            return new ContactAnswer.DoNotContact();
        if (!Enum.IsDefined(attempt.Channel) || string.IsNullOrWhiteSpace(attempt.Address))
            return new ContactAnswer.No("Say first which number or address you mean to use.");
        if (agreed?.UnsafeAddresses.Any(u => Same(u, attempt.Address)) == true)
            return new ContactAnswer.No("They told us that this number or address is not safe. Never use it.");
        return agreed is { Ways: not [] } ? ByWays(agreed, attempt) : ByEnquiry(agreed, attempt, today, enquiry);
    }

    /// <summary>One line for the banner, without numbers or words of theirs: "Safe contact: mobile only, before 3 pm, no voicemail".</summary>
    public string Summary => "Safe contact: " + (Danger ? "do not contact"
        : Ways is [] ? $"answer only by the way they came, {(Voicemail ? "voicemail agreed" : "no voicemail")}"
        : $"{WaysInWords()}, {(Voicemail ? "voicemail agreed" : "no voicemail")}") + (SafeWord is null ? "" : ", ask for the safe word");

    /// <summary>The type's name.</summary>
    public override string ToString() => nameof(SafeContact);

    private static ContactAnswer ByWays(SafeContact agreed, ContactAttempt attempt)
    {
        // An address named in the agreement is agreed whoever's it is; "any mobile" is not a neighbour's.
        var ways = agreed.Ways.Where(w => w.Channel == attempt.Channel && (w.Address is null ? !attempt.SomebodyElses : Same(w.Address, attempt.Address))).ToList();
        if (ways.Count == 0)
            return new ContactAnswer.No($"This was not agreed. {agreed.Summary}.");
        if (ways.FirstOrDefault(w => w.Holds(attempt.At)) is not { } way)
            return new ContactAnswer.No($"Not at this time of day. {agreed.Summary}.");
        if (attempt.Voicemail && !agreed.Voicemail)
            return new ContactAnswer.No("They did not agree to messages. Ring off and try again later.");
        return new ContactAnswer.Yes("Agreed with them. Ask first whether it is still safe" + (way.Note is null ? "." : ", and keep to the note."));
    }

    private static ContactAnswer ByEnquiry(SafeContact? agreed, ContactAttempt attempt, DateOnly today, EnquiryContext? enquiry)
    {
        if (attempt.SomebodyElses)
            return new ContactAnswer.No("This is somebody else's. Agree it with them first.");
        if (attempt.Channel == ContactChannel.Post)
            return new ContactAnswer.No("Post stays no until agreed. If they asked for a letter, record that as a safe way first.");
        if (attempt.Voicemail && agreed?.Voicemail != true)
            return new ContactAnswer.No("They did not agree to messages. Ring off and try again later.");
        if (enquiry is null || enquiry.CameBy != attempt.Channel || !Same(enquiry.Address, attempt.Address))
            return new ContactAnswer.No("They did not use this number or address for the enquiry. Agree it with them first.");
        return today <= enquiry.LastOn
            ? new ContactAnswer.Yes($"You may answer this enquiry by the way they came, until {enquiry.LastOn.Words()}.")
            : new ContactAnswer.No("The ten working days for answering by the way they came are over. Wait until they get in touch, and agree a safe way then.");
    }

    private string WaysInWords()
    {
        var parts = new List<string>();
        foreach (var way in Ways.GroupBy(w => (w.From, w.Until)))
        {
            var channels = string.Join(" or ", way.Select(w => w.Channel.Words()).Distinct());
            parts.Add(channels + (Ways.Select(w => (w.From, w.Until)).Distinct().Count() == 1 ? " only" : "") + Times(way.Key.From, way.Key.Until));
        }
        return string.Join("; ", parts) + (Ways.Any(w => w.Note is not null) ? ", see the note" : "");
    }

    private static string Times(TimeOnly? from, TimeOnly? until) => (from, until) switch
    {
        (null, null) => "",
        ({ } f, null) => $", from {Clock(f)}",
        (null, { } u) => $", before {Clock(u)}",
        ({ } f, { } u) => $", {Clock(f)} to {Clock(u)}",
    };

    private static string Clock(TimeOnly time) => time.ToString(time.Minute == 0 ? "h tt" : "h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>True when two spellings mean one telephone number, e-mail or address. Unreadable spellings are compared by letters and digits alone.</summary>
    public static bool Same(string a, string b)
    {
        // Texts that the rules will refuse anyway cannot be normalised.
        if (TypedText.Check("", a, lines: true) is not null || TypedText.Check("", b, lines: true) is not null)
            return string.Equals(a, b, StringComparison.Ordinal);
        if (TelephoneNumber.TryParse(a, out var t1) && TelephoneNumber.TryParse(b, out var t2))
            return t1 == t2;
        if (EmailAddress.TryParse(a, out var e1) && EmailAddress.TryParse(b, out var e2))
            return e1 == e2;
        var x = Letters(a);
        return x.Length > 0 && x == Letters(b);
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}

/// <summary>The words for channels.</summary>
public static class ContactWords
{
    /// <summary>As in the middle of a sentence.</summary>
    public static string Words(this ContactChannel channel) => channel switch
    {
        ContactChannel.Mobile => "mobile",
        ContactChannel.Landline => "landline",
        ContactChannel.Text => "text",
        ContactChannel.Email => "e-mail",
        ContactChannel.Post => "post",
        ContactChannel.Visit => "visit",
        ContactChannel.Other => "another way",
    };
}
