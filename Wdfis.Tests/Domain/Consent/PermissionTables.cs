using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Consent;

/// <summary>Terms, a yes and every act on a permission, one fault at a time and at their bounds (U2, U3; field-guide.md section 2).</summary>
public sealed class PermissionTables
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    private static readonly PersonId Mother = new(Guid.Parse("00000000-0000-7000-8000-00000000000b")), Child = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff")), Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly DateOnly First = new(2026, 6, 1);
    private static readonly NamedBody School = NamedBody.Create(BodyKind.School, "Example Primary").OrThrow();

    private static Stamp Day(int day, ColleagueId? by = null) => new(by ?? Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static Checked<PermissionTerms> Make(PersonId[]? about = null, PermissionKind kind = PermissionKind.Share, string? purpose = "so that", string[]? items = null, string[]? channels = null, int until = 0, DateOnly? last = null) =>
        PermissionTerms.Create(about ?? [Mother, Child], School, kind, purpose, items ?? (kind == PermissionKind.Share ? ["sen", "name"] : []), channels ?? ["phone"], First, last ?? First.AddDays(until));

    private static PermissionTerms Terms(int until = 100) => Make(until: until).OrThrow();

    private static Grant Yes(int day = 0) => new() { By = Mother, Capacity = GrantCapacity.ParentWithResponsibility, Evidence = "seen", How = GivenHow.Spoken, TextVersion = "ask-1", GivenAt = Day(day).At };

    private static Permission Given(int until = 100) => Permission.Record(Unit, Family, Terms(until), Yes(), Day(0)).OrThrow();

    [Fact]
    public void Terms_OneFaultAtATime()
    {
        foreach (var (got, fields) in new (Checked<PermissionTerms>, string)[]
        {
            (Make(), ""), (Make([]), "permission.about"), (Make([Child, default]), "permission.about"), (Make(kind: (PermissionKind)9, items: ["name"]), "permission.kind"), (Make(purpose: " "), "permission.purpose"), (Make(purpose: new string('x', 400)), ""), (Make(purpose: new string('x', 401)), "permission.purpose"),
            (Make(items: []), "permission.items"), (Make(items: ["sen", "gossip"]), "permission.items"), (Make(kind: PermissionKind.Contact), ""), (Make(kind: PermissionKind.Contact, items: ["name", "topic"]), ""), (Make(kind: PermissionKind.Contact, items: ["name", "sen"]), "permission.items"),
            (Make(channels: []), "permission.channels"), (Make(channels: ["phone", " "]), "permission.channels"), (Make(channels: [new string('x', 40)]), ""), (Make(channels: [new string('x', 41)]), "permission.channels"), (Make(until: 0), ""), (Make(until: -1), "permission.until"),
            (Make(last: First.AddMonths(60)), ""), (Make(last: First.AddMonths(60).AddDays(1)), "permission.until"),
        })
            Assert.Equal(fields, got.Fields());
        var terms = PermissionTerms.Create([Child, Mother, Child], School, PermissionKind.Share, " so that ", ["sen", "name", "sen"], ["phone", "email", "phone"], First, First.AddDays(9), true).OrThrow();
        Assert.Equal([Child, Mother], terms.About.AsEnumerable());
        Assert.Equal(("name sen", "phone email"), (string.Join(' ', terms.Items), string.Join(' ', terms.Channels)));
        Assert.Equal((School, PermissionKind.Share, "so that", true, First, First.AddDays(9)), (terms.Body, terms.Kind, terms.PurposeWords, terms.SendMatter, terms.From, terms.Until));
        PermissionTerms Restored(PersonId[]? about = null, PermissionKind kind = PermissionKind.Share, string[]? items = null, string[]? channels = null, int until = 0) => PermissionTerms.Restore(about ?? [Child], School, kind, "x", items ?? ["gone"], channels ?? ["x"], First, First.AddDays(until), false);
        Assert.Equal("gone", Restored().Items[0]);
        foreach (var broken in (Action[])[() => Restored([]), () => Restored(kind: (PermissionKind)9), () => Restored(items: []), () => Restored(channels: []), () => Restored(until: -1)])
            Assert.Throws<ArgumentException>(broken);
    }

    [Fact]
    public void Yes_OneFaultAtATime()
    {
        var adult = Make([Mother]).OrThrow();
        string Fields(Func<Grant, Grant> change, PermissionTerms? terms = null) => Permission.Record(Unit, Family, terms ?? Terms(), change(Yes()), Day(0)).Fields();
        foreach (var (fields, got) in new (string, string)[]
        {
            ("", Fields(g => g)), ("permission.by", Fields(g => g with { By = default })), ("permission.capacity", Fields(g => g with { Capacity = (GrantCapacity)9 })), ("permission.evidence", Fields(g => g with { Evidence = " " })), ("permission.evidence", Fields(g => g with { Evidence = "a\nb" })),
            ("permission.evidence", Fields(g => g with { Capacity = GrantCapacity.Representative, Evidence = null })), ("", Fields(g => g with { Capacity = GrantCapacity.YoungPerson, Evidence = null, By = Child })), ("permission.capacity", Fields(g => g with { Capacity = GrantCapacity.YoungPerson, By = new(Unit.Value) })),
            ("", Fields(g => g with { Capacity = GrantCapacity.AdultForThemselves, Evidence = null }, adult)), ("permission.capacity", Fields(g => g with { Capacity = GrantCapacity.AdultForThemselves })), ("permission.capacity permission.capacity", Fields(g => g with { Capacity = GrantCapacity.AdultForThemselves, By = new(Unit.Value) })),
            ("permission.by", Fields(g => g with { Capacity = GrantCapacity.YoungPerson, By = default })), ("permission.how", Fields(g => g with { How = 0 })), ("permission.text-version", Fields(g => g with { TextVersion = " " })), ("permission.text-version", Fields(g => g with { TextVersion = new string('x', 41) })),
            ("", Fields(g => g with { TextVersion = new string('x', 40) })), ("", Fields(g => g with { Words = "a\nb" })), ("permission.words", Fields(g => g with { Words = new string('x', TypedText.NoteLimit + 1) })), ("permission.given-at", Fields(g => g with { GivenAt = Day(0).At.AddTicks(1) })),
        })
            Assert.Equal(fields, got);
        var kept = Permission.Record(Unit, Family, Terms(), Yes() with { Evidence = " seen ", Words = " a\r\nb " }, Day(0)).OrThrow();
        Assert.Equal(("seen", "a\nb"), (kept.LastGrant!.Evidence, kept.LastGrant.Words));
        Assert.Equal((PermissionEventKind.Given, Day(0).At, Day(0).At, Ann, Mother, null), kept.Events[0] is var e ? (e.Kind, e.At, e.RecordedAt, e.RecordedBy, e.Person!.Value, e.Until) : default);
        Assert.Equal(First, kept.LastGrant.GivenOn);
    }

    /// <summary>Every act on a permission in every state in which it can stand: what has ended is never revived, and what was never given is not renewed.</summary>
    [Fact]
    public void Acts_InEveryState()
    {
        var asked = Permission.Request(Unit, Family, Terms(), Day(0)).OrThrow();
        var states = new Dictionary<string, Permission>
        {
            ["asked"] = asked,
            ["given"] = Given(),
            ["refused"] = Permission.RecordRefusal(Unit, Family, Terms(), Mother, Day(0)).OrThrow(),
            ["refused after"] = Given().Refuse(Mother, Day(1)).OrThrow(),
            ["withdrawn"] = Given().Withdraw(Mother, Day(1)).OrThrow(),
            ["revoked"] = Given().Revoke("x", Day(1)).OrThrow(),
            ["invalidated"] = Given().Invalidate("x", Day(1)).OrThrow(),
            ["superseded"] = Given().Supersede(Child, "x", Day(1)).OrThrow(),
        };
        foreach (var (state, p) in states)
        {
            var (ended, given) = (state is "withdrawn" or "revoked" or "invalidated" or "superseded", state is "given" or "refused after");
            foreach (var (act, may) in new (Checked<Permission>, bool)[]
            {
                (p.AskAgain(Day(2)), !ended), (p.Give(Yes(2), Day(2)), !ended && !given), (p.Renew(Yes(2), First.AddDays(200), Day(2)), given), (p.Refuse(Mother, Day(2)), !ended), (p.Withdraw(Mother, Day(2)), !ended), (p.Revoke("x", Day(2)), !ended), (p.Invalidate("x", Day(2)), !ended), (p.Supersede(Child, "x", Day(2)), !ended),
            })
                Assert.Equal((may, !may), (act.Accepted, act.NotItsTurn()));
            Assert.Equal(ended, p.Ended);
        }
        Assert.Equal((PermissionEventKind.Withdrawn, Mother, Day(1).At), states["withdrawn"].Events[^1] is var w ? (w.Kind, w.Person!.Value, w.At) : default);
        Assert.Equal((PermissionEventKind.Superseded, Child, "x"), states["superseded"].Events[^1] is var s ? (s.Kind, s.Person!.Value, s.Why) : default);
        Assert.Equal((null, "a\nb"), Given().Revoke(" a\r\nb ", Day(1)).OrThrow().Events[^1] is var r ? (r.Person, r.Why) : default);
        Assert.Equal(("permission.why", ""), (Given().Revoke(new string('x', 1001), Day(1)).Fields(), Given().Revoke("a\nb", Day(1)).Fields()));
        Assert.Equal((Mother, Mother), (states["refused"].Events[0].Person!.Value, states["refused after"].Events[^1].Person!.Value));
        Assert.Null(asked.Events[0].Person);
        foreach (var broken in (Action[])[() => Permission.Request(default, Family, Terms(), Day(0)), () => Permission.Request(Unit, default, Terms(), Day(0))])
            Assert.Throws<ArgumentException>(broken);
        Assert.Equal(Unit, Given().MoveTo(Unit).Family);
    }

    [Fact]
    public void Renewal_GoesOnBeyondTheDayAgreedBefore_AndNotBeyondFiveYears()
    {
        Checked<Permission> Until(int days, int on = 2) => Given().Renew(Yes(on), First.AddDays(days), Day(on));
        Assert.Equal(("permission.until", "", "permission.until"), (Until(100).Fields(), Until(101).Fields(), Until(150, 151).Fields()));
        Assert.Equal("", Until(151, 151).Fields());
        Assert.Equal(("", "permission.until"), (Given().Renew(Yes(2), First.AddDays(2).AddMonths(60), Day(2)).Fields(), Given().Renew(Yes(2), First.AddDays(2).AddMonths(60).AddDays(1), Day(2)).Fields()));
        Assert.Equal("permission.evidence", Given().Renew(Yes(2) with { Evidence = null }, First.AddDays(200), Day(2)).Fields());
        var renewed = Until(200).OrThrow();
        Assert.Equal((First.AddDays(200), PermissionEventKind.Renewed, First.AddDays(200)), (renewed.Until!.Value, renewed.Events[^1].Kind, renewed.Events[^1].Until!.Value));
        // A renewal that was entered late, and to which no lead agreed, has not moved the day yet.
        Assert.Equal(First.AddDays(100), Given().Renew(Yes(1), First.AddDays(200), Day(2)).OrThrow().Until);
        Assert.Null(Permission.Request(Unit, Family, Terms(), Day(0)).OrThrow().Until);
    }

    [Fact]
    public void LateEntry_OfALaterDay_WaitsForALeadWhoDidNotRecordIt()
    {
        var late = Permission.Record(Unit, Family, Terms(), Yes(), Day(1)).OrThrow();
        Assert.Equal((true, true, false), (late.Events[0].Late, late.NeedsLead, Permission.Record(Unit, Family, Terms(), Yes(), new(Ann, Day(0).At.AddHours(9))).OrThrow().NeedsLead));
        Assert.Equal("permission.lead", late.AgreeLate(Day(1)).Fields());
        Assert.Equal("permission.lead", Given().AgreeLate(Day(1, Lead)).Fields());
        var agreed = late.AgreeLate(Day(1, Lead)).OrThrow();
        Assert.Equal((Lead, false, PermissionState.Given), (agreed.Events[0].Lead!.Value, agreed.NeedsLead, agreed.StateOn(Day(1).On)));
        // Of two late ones one lead may have recorded one: then neither is agreed to by them.
        var two = late.Renew(Yes(1), First.AddDays(200), Day(2, Lead)).OrThrow();
        Assert.Equal("permission.lead", two.AgreeLate(Day(2, Lead)).Fields());
        // A yes in time and a late one after it: the late one alone waits, and bears the lead's name.
        var mixed = Given().Renew(Yes(1), First.AddDays(200), Day(2)).OrThrow();
        Assert.True(mixed.NeedsLead);
        Assert.Equal([null, Lead], mixed.AgreeLate(Day(3, Lead)).OrThrow().Events.Select(e => e.Lead));
        Assert.DoesNotContain(PermissionPrompt.NeedsLead, late.Withdraw(Mother, Day(2)).OrThrow().PromptsOn(Day(3).On));
        // A no that was written down a day later is heard all the same.
        Assert.False(new PermissionEvent { Kind = PermissionEventKind.Refused, At = Day(0).At, RecordedAt = Day(1).At, RecordedBy = Ann }.Late);
    }

    [Fact]
    public void Prompts_AtTheirBounds()
    {
        foreach (var (day, prompts) in new (int, PermissionPrompt[])[] { (69, []), (70, [PermissionPrompt.EndsSoon]), (100, [PermissionPrompt.EndsSoon]), (101, []) })
            Assert.Equal(prompts, Given().PromptsOn(First.AddDays(day)).AsEnumerable());
        var long_ = Given(1000);
        string Prompts(Permission of, DateOnly on, DateOnly? transfer = null) => string.Join(' ', of.PromptsOn(on, transfer));
        Assert.Equal(("", "TwoYearsOld"), (Prompts(long_, First.AddMonths(24).AddDays(-1)), Prompts(long_, First.AddMonths(24))));
        var send = Permission.Record(Unit, Family, PermissionTerms.Create([Child], School, PermissionKind.Share, "x", ["sen"], ["phone"], First, First.AddDays(900), true).OrThrow(), Yes(), Day(0)).OrThrow();
        Assert.Equal(("", "YoungPersonDecidesSoon", ""), (Prompts(send, First, First.AddDays(31)), Prompts(send, First, First.AddDays(30)), Prompts(Given(900), First, First.AddDays(1))));
        var own = Permission.Record(Unit, Family, send.Terms, Yes() with { By = Child, Capacity = GrantCapacity.YoungPerson }, Day(0)).OrThrow();
        Assert.Empty(own.PromptsOn(First, First.AddDays(1)));
        foreach (var (changed, prompt) in new[] { (new PermissionCircumstances(PurposeChanged: true), PermissionPrompt.PurposeChanged), (new PermissionCircumstances(BodyChanged: true), PermissionPrompt.BodyChanged), (new PermissionCircumstances(AuthorityChanged: true), PermissionPrompt.AuthorityChanged) })
            Assert.Equal([prompt], Given().PromptsOn(First, null, changed).AsEnumerable());
        // The renewal counts for what prompts, not the yes before it.
        Assert.Empty(Given().Renew(Yes(90), First.AddDays(300), Day(90)).OrThrow().PromptsOn(First.AddDays(95)));
    }

    [Fact]
    public void Stored_ThatNeverWas_IsRefused_AndEventsAreBroughtInOrder()
    {
        PermissionEvent Event(PermissionEventKind kind, int day = 0, bool yes = false, int recorded = 0) => new() { Kind = kind, At = Day(day).At, RecordedAt = Day(day + recorded).At, RecordedBy = Ann, Grant = yes ? Yes(day) : null };
        Permission Restored(params PermissionEvent[] events) => Permission.Restore(Unit, Family, Terms(), events);
        var ordered = Restored(Event(PermissionEventKind.Refused, 3), Event(PermissionEventKind.Requested, 1, recorded: 2), Event(PermissionEventKind.Given, 1, true));
        Assert.Equal([PermissionEventKind.Given, PermissionEventKind.Requested, PermissionEventKind.Refused], ordered.Events.Select(e => e.Kind));
        foreach (var kind in Enum.GetValues<PermissionEventKind>())
        {
            var yes = kind is PermissionEventKind.Given or PermissionEventKind.Renewed;
            Assert.Equal(kind, Restored(Event(kind, yes: yes)).Events[0].Kind);
            Assert.Throws<ArgumentException>(() => Restored(Event(kind, yes: !yes)));
        }
        foreach (var broken in (Action[])[() => Restored(), () => Restored(Event((PermissionEventKind)9)), () => Permission.Restore(default, Family, Terms(), [Event(PermissionEventKind.Refused)]), () => Permission.Restore(Unit, default, Terms(), [Event(PermissionEventKind.Refused)]),
            () => NamedBody.Restore((BodyKind)99, "x", "GB", default), () => NamedBody.Restore(BodyKind.Gp, "", "GB", default)])
            Assert.Throws<ArgumentException>(broken);
    }

    [Fact]
    public void Body_OneFaultAtATime_AndTheSameByIdElseByKindCountryAndName()
    {
        NamedBody Body(BodyKind kind = BodyKind.School, string name = "x", string country = "GB", int id = 0) => NamedBody.Create(kind, name, country, id == 0 ? default : new(new Guid(id, 0, 0, new byte[8]))).OrThrow();
        Assert.Equal((PermissionFields.Body, PermissionFields.Body, PermissionFields.Body, PermissionFields.Body), (NamedBody.Create((BodyKind)99, "x").Fields(), NamedBody.Create(BodyKind.Gp, " ").Fields(), NamedBody.Create(BodyKind.Gp, "a\nb").Fields(), NamedBody.Create(BodyKind.Gp, "x", "XX").Fields()));
        Assert.Equal(("x", "IE", BodyKind.Gp), Body(BodyKind.Gp, " x ", "IE") is var b ? (b.Name, b.Country, b.Kind) : default);
        foreach (var (one, other, same) in new (NamedBody, NamedBody, bool)[]
        {
            (Body(), Body(), true), (Body(), Body(name: "X"), true), (Body(), Body(BodyKind.Gp), false), (Body(), Body(country: "IE"), false), (Body(), Body(name: "y"), false), (Body(id: 1), Body(id: 2), false), (Body(id: 1), Body(BodyKind.Gp, "y", "IE", 1), true), (Body(id: 1), Body(), true), (Body(), Body(id: 1), true), (Body(id: 1), Body(name: "y"), false),
        })
            Assert.Equal(same, one.IsSameAs(other));
        BodyKind[] council = [BodyKind.CouncilTeam, BodyKind.SchoolAdmissions, BodyKind.SenCasework, BodyKind.SocialCare, BodyKind.EarlyHelp, BodyKind.CorporateRequests];
        Assert.Equal(council.Order(), Enum.GetValues<BodyKind>().Where(kind => kind.IsCouncil()).Order());
    }

    /// <summary>A family's page says for each kind of body where it stands: the one that counts, else the one touched last.</summary>
    [Fact]
    public void Summary_SpeaksOfTheOneThatCounts_ElseOfTheLastTouched()
    {
        Permission Of(BodyKind kind, int id, int until = 100, int day = 0, string name = "Example", PermissionKind what = PermissionKind.Share) => Permission.Record(new(new Guid(id, 0, 0x7000, new byte[8])), Family,
            PermissionTerms.Create([Child], NamedBody.Create(kind, name).OrThrow(), what, "x", what == PermissionKind.Share ? ["name"] : [], ["phone"], First, First.AddDays(until)).OrThrow(), Yes(day), Day(day)).OrThrow();
        string[] Say(DateOnly on, params Permission[] all) => [.. PermissionSummary.Sentences(all, on)];
        var withdrawn = Of(BodyKind.School, 1).Withdraw(Mother, Day(9)).OrThrow();
        Assert.Equal("School: share until 9 September 2026.", Say(Day(9).On, withdrawn, Of(BodyKind.School, 2))[0]);
        Assert.Equal("School: share until 9 September 2026.", Say(Day(9).On, Of(BodyKind.School, 2), withdrawn)[0]);
        Assert.Equal("School: share until 18 December 2026.", Say(Day(9).On, Of(BodyKind.School, 2), Of(BodyKind.School, 3, 200))[0]);
        Assert.Equal("School: share withdrawn 10 June 2026.", Say(Day(9).On, Of(BodyKind.School, 4).Withdraw(Mother, Day(3)).OrThrow(), withdrawn)[0]);
        Assert.Equal("School: contact until 9 September 2026, share until 9 September 2026.", Say(First, Of(BodyKind.School, 1), Of(BodyKind.School, 2, what: PermissionKind.Contact))[0]);
        // A council team of a kind of its own stands for the council; a body without anything on record is not named.
        Assert.Equal(["School: never asked.", "School admissions: share until 9 September 2026."], Say(First, Of(BodyKind.SchoolAdmissions, 1)));
        Assert.Equal(["School: never asked.", "Council teams: never asked.", "Health: share until 9 September 2026."], Say(First, Of(BodyKind.Health, 1)));
        Assert.Equal("School: share: the young person decides now.", PermissionSummary.Sentences([Permission.Record(Unit, Family, PermissionTerms.Create([Child], School, PermissionKind.Share, "x", ["sen"], ["phone"], First, First.AddDays(9), true).OrThrow(), Yes(), Day(0)).OrThrow()], Day(5).On, _ => Day(4).On)[0]);
        foreach (var (permission, on, words) in new (Permission, DateOnly, string)[]
        {
            (Given(), First.AddDays(101), "share ended 9 September 2026"), (Permission.Request(Unit, Family, Terms(), Day(0)).OrThrow(), First, "share asked, no answer yet"), (Permission.Record(Unit, Family, Terms(), Yes(), Day(1)).OrThrow(), Day(1).On, "share entered late, waits for a lead"),
            (Given().Refuse(Mother, Day(2)).OrThrow().Refuse(Mother, Day(4)).OrThrow(), Day(3).On, "share refused 3 June 2026"), (Given().Refuse(Mother, Day(2)).OrThrow().Refuse(Mother, Day(4)).OrThrow(), Day(9).On, "share refused 5 June 2026"), (Given().Revoke("x", Day(2)).OrThrow(), Day(9).On, "share revoked 3 June 2026"), (Given().Invalidate("x", Day(2)).OrThrow(), Day(9).On, "share not valid"), (Given(), First.AddDays(-1), "share from 1 June 2026"),
            (Permission.Request(Unit, Family, Terms(), Day(2)).OrThrow(), First, "share never asked"), (Permission.Request(Unit, Family, Terms(), Day(2)).OrThrow(), First.AddDays(-9), "share never asked"),
        })
            Assert.Equal(words, PermissionSummary.Phrase(permission, on));
    }

    /// <summary>What article 9 or the service holds to be special is named, or it does not go (section 6).</summary>
    [Fact]
    public void Items_ThatAreSpecial() => Assert.Equal("sen health ethnicity religion social-care domestic-abuse benefits immigration family-breakdown", string.Join(' ', ScopeItems.All.Where(item => item.SpecialCategory).Select(item => item.Code)));

    [Fact]
    public void Words_ToReadOut_AreOfTheKindAndTheItems()
    {
        string Words(PermissionKind kind, params string[] items) => PermissionRequest.Words(Make(kind: kind, items: items).OrThrow());
        Assert.Contains("May we contact Example Primary for you, so that? We would say only your name, your child's name, that our service is helping you and what it is about; nothing else.", Words(PermissionKind.Contact), StringComparison.Ordinal);
        Assert.Contains("so that: health? Nothing else", Words(PermissionKind.Share, "health"), StringComparison.Ordinal);
        Assert.Contains("until 3 June 2026", PermissionRequest.Words(Terms(), First.AddDays(2)), StringComparison.Ordinal);
        Assert.Contains("gone", PermissionRequest.Words(PermissionTerms.Restore([Child], School, PermissionKind.Share, "x", ["gone"], ["x"], First, First, false)), StringComparison.Ordinal);
    }
}
