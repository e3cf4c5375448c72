using System.Text;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Tests.Domain.Stored;

/// <summary>The golden texts below are what version 1 wrote: they must open, and come out the same, in every build to come.</summary>
public sealed class RecordFormatFacts
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly ColleagueId Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    private static readonly PersonId Mother = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));
    private static readonly PersonId Child = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly EnquiryLists Lists = EnquiryLists.Defaults;

    private static Stamp Day(int day, ColleagueId? by = null) => new(by ?? Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static EnquiryOpening Opening(Service service, Caller caller) => new() { Id = Unit, Service = service, Channel = "phone", Topic = "post-16", Caller = caller, Confirmation = CallerConfirmation.SafeWord };

    private static Enquiry Named() => Enquiry.Open(Opening(Service.ParentPartnership, Caller.CreateNamed(Family, Mother)), Lists, Day(0)).OrThrow()
        .Concerns([Child]).OrThrow().Ask("A place\nin \"Ossett\"").OrThrow().Answer("Zoë 👶").OrThrow().RaiseLevel(2, Day(1)).OrThrow()
        .AddNote(new EnquiryNote(Day(0).At, Ann, "rang", NoteSource.FamilyMember, true), Day(1)).OrThrow()
        .PromisePrivateTalk(Day(3).At, "ring back", Day(1)).OrThrow().SettlePrivateTalk(true, Day(3)).OrThrow()
        .Close(Day(3).On, "advice-given", Lists, Day(3)).OrThrow().Reopen(Day(4).On, "rang again", Day(4)).OrThrow().FollowUpOn(Day(9).On, "ring", Day(4)).OrThrow();

    private static Enquiry Handle() => Enquiry.Open(Opening(Service.FamiliesInformation, Caller.CreateHandle(Mother, AnonymousReference.Parse("K7-QFM2"), "Robin").OrThrow()), Lists, Day(0)).OrThrow()
        .Tell(new Telling { Person = Mother, Version = PolicyNumber.Parse("2026.1"), What = ToldWhat.RightToSeeInformation, How = ToldHow.ReadAloud, At = Day(0).At, By = Ann, Language = "Polish", Interpreter = true }, Day(0)).OrThrow();

    private static Enquiry Anonymous() => Enquiry.Open(Opening(Service.FamiliesInformation, Caller.CreateAnonymous(Mother, AnonymousReference.Parse("K7-QFM2"))), Lists, Day(0)).OrThrow();

    private static Wdfis.Domain.Consent.Permission Permitted()
    {
        var body = NamedBody.Create(BodyKind.School, "Example Primary", "GB", new BodyId(Guid.Parse("00000000-0000-7000-8000-0000000000aa"))).OrThrow();
        var terms = PermissionTerms.Create([Mother, Child], body, PermissionKind.Share, "so that support can be planned", ["sen", "name"], ["phone"], Day(0).On, Day(100).On, true).OrThrow();
        var yes = new Grant { By = Mother, Capacity = GrantCapacity.ParentWithResponsibility, Evidence = "certificate seen", How = GivenHow.Spoken, TextVersion = "ask-2026.1", Words = "May we…", GivenAt = Day(0).At };
        return Wdfis.Domain.Consent.Permission.Record(Unit, Family, terms, yes, Day(1)).OrThrow().AgreeLate(Day(1, Lead)).OrThrow()
            .Renew(yes with { GivenAt = Day(50).At }, Day(200).On, Day(50)).OrThrow().Revoke("court order", Day(60)).OrThrow();
    }

    private static AskedAbout Asked() => AskedAbout.Create(Unit, Service.ChoiceAdvice, "phone", "A school", "Is Robin Example with you?", "01632 960001", true, Day(0).At, [Family], Lists, Day(0)).OrThrow();

    private const string NamedV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","service":"ParentPartnership","channel":"phone","topic":"post-16","requirement":"A place\nin \u0022Ossett\u0022","response":"Zo\u00EB \uD83D\uDC76","outcome":"advice-given","caller":{"kind":"Named","person":"00000000-0000-7000-8000-00000000000b","family":"00000000-0000-7000-8000-0000000000fe"},"confirmation":"SafeWord","about":["00000000-0000-7000-8000-00000000000c"],"levels":[{"level":1,"on":"2026-06-01","by":"00000000-0000-7000-8000-00000000000a"},{"level":2,"on":"2026-06-02","by":"00000000-0000-7000-8000-00000000000a"}],"followUp":{"on":"2026-06-10","what":"ring"},"notes":[{"at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","text":"rang","source":"FamilyMember","rewording":true}],"privacy":"CannotTalk","privateTalk":{"promisedAt":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","slot":"2026-06-04T10:00:00+00:00","how":"ring back","settledAt":"2026-06-04T10:00:00+00:00","held":true},"tellings":[],"history":[{"kind":"Opened","on":"2026-06-01","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"},{"kind":"Closed","on":"2026-06-04","at":"2026-06-04T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"},{"kind":"Reopened","on":"2026-06-05","at":"2026-06-05T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","why":"rang again"}]}
        """;
    private const string CameFromV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","service":"FamiliesInformation","channel":"phone","topic":"post-16","caller":{"kind":"Named","person":"00000000-0000-7000-8000-00000000000b","family":"00000000-0000-7000-8000-0000000000fe"},"confirmation":"SafeWord","cameFrom":"07700 900456","about":[],"levels":[],"notes":[],"privacy":"NotAsked","tellings":[],"history":[{"kind":"Opened","on":"2026-06-01","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"}]}
        """;
    private const string HandleV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","service":"FamiliesInformation","channel":"phone","topic":"post-16","caller":{"kind":"Handle","person":"00000000-0000-7000-8000-00000000000b","reference":"K7-QFM2","name":"Robin"},"confirmation":"SafeWord","about":[],"levels":[],"notes":[],"privacy":"NotAsked","tellings":[{"person":"00000000-0000-7000-8000-00000000000b","version":"2026.1","what":"RightToSeeInformation","how":"ReadAloud","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","language":"Polish","interpreter":true}],"history":[{"kind":"Opened","on":"2026-06-01","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"}]}
        """;
    private const string AnonymousV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","service":"FamiliesInformation","channel":"phone","topic":"post-16","caller":{"kind":"Anonymous","person":"00000000-0000-7000-8000-00000000000b","reference":"K7-QFM2"},"confirmation":"SafeWord","about":[],"levels":[],"notes":[],"privacy":"NotAsked","tellings":[],"history":[{"kind":"Opened","on":"2026-06-01","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"}]}
        """;
    private const string PermissionV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","family":"00000000-0000-7000-8000-0000000000fe","about":["00000000-0000-7000-8000-00000000000b","00000000-0000-7000-8000-00000000000c"],"body":{"id":"00000000-0000-7000-8000-0000000000aa","kind":"School","name":"Example Primary","country":"GB"},"kind":"Share","purpose":"so that support can be planned","sendMatter":true,"items":["name","sen"],"channels":["phone"],"from":"2026-06-01","until":"2026-09-09","events":[{"kind":"Given","at":"2026-06-01T10:00:00+00:00","recordedAt":"2026-06-02T10:00:00+00:00","recordedBy":"00000000-0000-7000-8000-00000000000a","person":"00000000-0000-7000-8000-00000000000b","lead":"00000000-0000-7000-8000-00000000000e","grant":{"by":"00000000-0000-7000-8000-00000000000b","capacity":"ParentWithResponsibility","evidence":"certificate seen","how":"Spoken","textVersion":"ask-2026.1","words":"May we\u2026","givenAt":"2026-06-01T10:00:00+00:00"}},{"kind":"Renewed","at":"2026-07-21T10:00:00+00:00","recordedAt":"2026-07-21T10:00:00+00:00","recordedBy":"00000000-0000-7000-8000-00000000000a","person":"00000000-0000-7000-8000-00000000000b","until":"2026-12-18","grant":{"by":"00000000-0000-7000-8000-00000000000b","capacity":"ParentWithResponsibility","evidence":"certificate seen","how":"Spoken","textVersion":"ask-2026.1","words":"May we\u2026","givenAt":"2026-07-21T10:00:00+00:00"}},{"kind":"Revoked","at":"2026-07-31T10:00:00+00:00","recordedAt":"2026-07-31T10:00:00+00:00","recordedBy":"00000000-0000-7000-8000-00000000000a","why":"court order"}]}
        """;
    private const string AskedV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","service":"ChoiceAdvice","channel":"phone","asker":"A school","words":"Is Robin Example with you?","callBack":"01632 960001","sentenceGiven":true,"askedAt":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","neverDisclose":["00000000-0000-7000-8000-0000000000fe"]}
        """;

    [Fact]
    public void Enquiry_NamedCallersGolden_OpensAndIsWrittenTheSame() => Golden(new EnquiryFormat(), Named(), NamedV1);

    [Fact]
    public void Enquiry_GoldenOfACallerWhoseNumberIsKept_OpensAndIsWrittenTheSame() => Golden(new EnquiryFormat(),
        Enquiry.Open(Opening(Service.FamiliesInformation, Caller.CreateNamed(Family, Mother)) with { CameFrom = "07700 900456" }, Lists, Day(0)).OrThrow(), CameFromV1);

    [Fact]
    public void Enquiry_HandlesGolden_OpensAndIsWrittenTheSame() => Golden(new EnquiryFormat(), Handle(), HandleV1);

    [Fact]
    public void Enquiry_AnonymousGolden_OpensAndIsWrittenTheSame() => Golden(new EnquiryFormat(), Anonymous(), AnonymousV1);

    [Fact]
    public void Permission_Golden_OpensAndIsWrittenTheSame() => Golden(new PermissionFormat(), Permitted(), PermissionV1);

    private const string HandlingV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","kind":"Conflict","tie":"Neighbour","colleague":"00000000-0000-7000-8000-00000000000a","steps":[{"what":"Begun","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","why":"next door"},{"what":"Reviewed","at":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000e"},{"what":"Ended","at":"2026-06-03T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000e","why":"moved away"}]}
        """;

    [Fact]
    public void Handling_Golden_OpensAndIsWrittenTheSame() => Golden(new HandlingFormat(),
        HandlingNote.DeclareConflict(Unit, ConflictTie.Neighbour, "next door", Day(0)).OrThrow().Review(null, Day(1, Lead)).OrThrow().End("moved away", Day(2, Lead)).OrThrow(), HandlingV1);

    private const string AlertV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","kind":"Conflict","about":"00000000-0000-7000-8000-00000000000a","family":"00000000-0000-7000-8000-0000000000fe","at":"2026-06-01T10:00:00+00:00","end":"Explained","note":"took the call by mistake","closed":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"}}
        """;
    private const string MonthlyV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","month":"2026-05-01","sample":[3,8],"note":"nothing unusual","looked":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"}}
        """;
    private const string OwnHomeV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","key":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","token":"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="}
        """;

    [Fact]
    public void Alert_Golden_OpensAndIsWrittenTheSame() => Golden(new AlertFormat(),
        Alert.Restore(Unit, AlertKind.Conflict, Ann, Family, Day(0).At).Close(AlertEnd.Explained, "took the call by mistake", Day(1, Lead)).OrThrow(), AlertV1);

    [Fact]
    public void MonthlyLook_Golden_OpensAndIsWrittenTheSame() => Golden(new MonthlyLookFormat(),
        MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 1)).Sign([3, 8], [], "nothing unusual", Day(1, Lead)).OrThrow(), MonthlyV1);

    private const string MonthlyLeftV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","month":"2026-05-01","sample":[3,8],"note":"nothing unusual","looked":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"},"left":[4],"leftNote":"nor here","leftLooked":{"by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-03T10:00:00+00:00"}}
        """;

    [Fact]
    public void MonthlyLook_LeftToAnother_Golden_OpensAndIsWrittenTheSame() => Golden(new MonthlyLookFormat(),
        MonthlyLook.Restore(Unit, new DateOnly(2026, 5, 1)).Sign([3, 8], [4], "nothing unusual", Day(1, Lead)).OrThrow().Sign([], [], "nor here", Day(2)).OrThrow(), MonthlyLeftV1);

    [Fact]
    public void OwnHome_Golden_OpensAndIsWrittenTheSame() => Golden(new OwnHomeFormat(),
        OwnHome.Restore(Unit, [.. Enumerable.Repeat((byte)1, 32)], [.. Enumerable.Repeat((byte)2, 32)]), OwnHomeV1);

    private const string HoldV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","kind":"Inquiry","unit":"00000000-0000-7000-8000-0000000000ff","reference":"IGG/77","confirmedBy":"the officer","steps":[{"what":"Placed","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","why":"evidence","reviewOn":"2026-12-01"},{"what":"Lifted","at":"2026-06-03T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000e","why":"it closed"}]}
        """;

    [Fact]
    public void Hold_Golden_OpensAndIsWrittenTheSame() => Golden(new HoldFormat(),
        Hold.Place(Unit, HoldKind.Inquiry, Unit, null, "evidence", new DateOnly(2026, 12, 1), "IGG/77", "the officer", Day(0)).OrThrow().Lift("it closed", Day(2, Lead)).OrThrow(), HoldV1);

    private const string ScheduleV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","number":2,"validFrom":"2026-09-01","why":"the council confirmed it","classes":[{"code":"permission","title":"permissions","trigger":"End","period":"7 years","action":"Destroy","shortRoad":false,"source":"Cabinet, May 2026","confirmed":true,"validFrom":"2026-09-01","since":2},{"code":"draft","title":"drafts","trigger":"Opening","period":"14 days","action":"Destroy","shortRoad":true,"source":"Local decision","confirmed":false,"validFrom":"2026-01-01","since":1}],"steps":[{"what":"Drafted","at":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"},{"what":"Proposed","at":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a"},{"what":"Approved","at":"2026-06-03T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000e","note":"as decided"},{"what":"Begun","at":"2026-06-03T10:00:00+00:00","by":"00000000-0000-7000-8000-000000000001","records":7}]}
        """;

    [Fact]
    public void Schedule_Golden_OpensAndIsWrittenTheSame()
    {
        RetentionClass Line(string code, string title, RetentionTrigger trigger, string period, bool shortRoad) => new()
        {
            Code = code,
            Title = title,
            Trigger = trigger,
            Period = RetentionPeriod.TryParse(period, out var read) ? read : default,
            Action = DisposalAction.Destroy,
            ShortRoad = shortRoad,
            Source = "Local decision",
            ValidFrom = new DateOnly(2026, 1, 1),
        };
        RetentionClass[] lines = [Line("permission", "permissions", RetentionTrigger.End, "6 years", false), Line("draft", "drafts", RetentionTrigger.Opening, "14 days", true)];
        var first = ScheduleVersion.Configured(Unit, Schedule.Create(1, lines), Day(0).At);
        var second = ScheduleVersion.Draft(Unit, first, [lines[0] with { Period = RetentionPeriod.Years(7), Source = "Cabinet, May 2026", Confirmed = true }, lines[1]], new DateOnly(2026, 9, 1), "the council confirmed it", PeriodBounds.Default, Day(0)).OrThrow();
        Golden(new ScheduleFormat(), second.Propose(Day(1)).OrThrow().Approve("as decided", Day(2, Lead)).OrThrow().Begin(7, Day(2).At), ScheduleV1);
    }

    private const string DisposalListV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","number":"D-2026-014","cause":"DatePassed","class":"pp-case","scheduleVersion":3,"shortRoad":false,"service":"ParentPartnership","preparedBy":"00000000-0000-7000-8000-00000000000a","preparedAt":"2026-06-01T10:00:00+00:00","items":[{"unit":"00000000-0000-7000-8000-0000000000ff","kind":"Enquiry","version":4,"keptUntil":"2026-03-31","decision":"Dispose","by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"},{"unit":"00000000-0000-7000-8000-0000000000fe","kind":"Enquiry","version":2,"decision":"Keep","by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00","why":"a claim","until":"2028-01-01"}],"reviewedBy":"00000000-0000-7000-8000-00000000000e","reviewedAt":"2026-06-05T10:00:00+00:00","approval":{"of":"44078e2385ddc0b48d863d9af5538fb60929d7a948545fb8c67e713caf834067","askedBy":"00000000-0000-7000-8000-00000000000e","by":"00000000-0000-7000-8000-00000000000a","as":"TeamLead","reason":"agreed","at":"2026-06-06T10:00:00+00:00","until":"9999-12-31T23:59:59.9999999+00:00"},"coolsUntil":"2026-06-13T10:00:00+00:00","begunAt":"2026-06-13T10:00:00+00:00","endedAt":"2026-06-14T10:00:00+00:00","stoppedBy":"00000000-0000-7000-8000-00000000000a","stoppedWhy":"look again"}
        """;

    private static DisposalList Disposed()
    {
        var list = DisposalList.Prepare(Unit, "D-2026-014", DisposalCause.DatePassed, "pp-case", 3, false, Service.ParentPartnership,
            [new DisposalItem(Unit, UnitKind.Enquiry, 4, new DateOnly(2026, 3, 31)), new DisposalItem(Family, UnitKind.Enquiry, 1, null)], Day(0)).OrThrow();
        list = list.Decide([list.Items[0]], new Dictionary<UnitId, int>(), DisposalDecision.Dispose, null, Day(0).On, null, Day(1, Lead)).OrThrow();
        return list.Decide([list.Items[1]], new Dictionary<UnitId, int> { [Family] = 2 }, DisposalDecision.Keep, new DateOnly(2028, 1, 1), new DateOnly(2036, 1, 1), "a claim", Day(1, Lead)).OrThrow()
            .HandOver(0, Day(2, Lead)).OrThrow().Return("look again", Day(3)).OrThrow().HandOver(0, Day(4, Lead)).OrThrow().Approve(Role.TeamLead, "agreed", 7, Day(5)).OrThrow().Begin(Day(12).At).Finish(Day(13).At);
    }

    [Fact]
    public void DisposalList_Golden_OpensAndIsWrittenTheSame() => Golden(new DisposalListFormat(), Disposed(), DisposalListV1);

    private const string CertificateV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","list":"00000000-0000-7000-8000-0000000000fe","number":"D-2026-014","cause":"DatePassed","class":"pp-case","scheduleVersion":3,"trigger":"YoungestChildBirth","service":"ParentPartnership","shortRoad":false,"preparedBy":"00000000-0000-7000-8000-000000000001","preparedAt":"2026-06-01T10:00:00+00:00","reviewedBy":["00000000-0000-7000-8000-00000000000e"],"reviewedAt":"2026-06-05T10:00:00+00:00","approvedBy":"00000000-0000-7000-8000-00000000000a","approvedAt":"2026-06-06T10:00:00+00:00","begunAt":"2026-06-13T10:00:00+00:00","endedAt":"2026-06-14T10:00:00+00:00","earliest":"2026-03-31","latest":"2026-03-31","destroyed":[{"unit":"00000000-0000-7000-8000-0000000000ff","kind":"Enquiry","passedOn":true}],"kept":1,"held":2,"left":[{"bar":"Changed","count":3}],"leftover":{"keys":5,"keysFound":0,"sealed":10,"sealedFound":1,"at":"2026-06-14T10:00:00+00:00"},"backupsGoneOn":"2026-07-20"}
        """;

    [Fact]
    public void Certificate_Golden_OpensAndIsWrittenTheSame() => Golden(new CertificateFormat(), new DisposalCertificate
    {
        Id = Unit,
        List = Family,
        Number = "D-2026-014",
        Cause = DisposalCause.DatePassed,
        Class = "pp-case",
        ScheduleVersion = 3,
        Trigger = RetentionTrigger.YoungestChildBirth,
        Service = Service.ParentPartnership,
        ShortRoad = false,
        PreparedBy = ColleagueId.Portal,
        PreparedAt = Day(0).At,
        ReviewedBy = [Lead],
        ReviewedAt = Day(4).At,
        ApprovedBy = Ann,
        ApprovedAt = Day(5).At,
        BegunAt = Day(12).At,
        EndedAt = Day(13).At,
        Earliest = new DateOnly(2026, 3, 31),
        Latest = new DateOnly(2026, 3, 31),
        Destroyed = [new DestroyedRecord(Unit, UnitKind.Enquiry, true)],
        Kept = 1,
        Held = 2,
        Left = [new LeftRecords(DisposalBar.Changed, 3)],
        Leftover = new LeftoverCheck(5, 0, 10, 1, Day(13).At),
        BackupsGoneOn = new DateOnly(2026, 7, 20),
    }, CertificateV1);

    [Fact]
    public void Asked_Golden_OpensAndIsWrittenTheSame() => Golden(new AskedFormat(), Asked(), AskedV1);

    private static void Golden<T>(IRecordFormat<T> format, T record, string golden) where T : class
    {
        Assert.Equal(golden, Encoding.UTF8.GetString(format.Write(record)));
        var read = format.Read(Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(format.Write(read)));
        Assert.Equivalent(record, read, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"v\":1}")]
    [InlineData("Zyxwvut")]
    [InlineData("{\"v\":1,\"id\":\"Zyxwvut\"}")]
    public void Read_OfSomethingElse_IsANamedErrorWithoutContent(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var error in new[] { Record.Exception(() => { new EnquiryFormat().Read(bytes); }), Record.Exception(() => { new PermissionFormat().Read(bytes); }), Record.Exception(() => { new AskedFormat().Read(bytes); }) })
        {
            Assert.IsType<InvalidDataException>(error);
            Assert.DoesNotContain("Zyxwvut", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OfANewerVersion_SaysSo()
    {
        var newer = Encoding.UTF8.GetBytes(AskedV1.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal));
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => { new AskedFormat().Read(newer); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithAHistoryThatNoActMakes_Refused()
    {
        var damaged = Encoding.UTF8.GetBytes(AnonymousV1.Replace("\"Opened\"", "\"Closed\"", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => { new EnquiryFormat().Read(damaged); });
    }
}
