using System.Text;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Tests.Domain.Stored;

/// <summary>Golden texts of what the gate leaves on record, version 1: they must open, and come out the same, in every build to come.</summary>
public sealed class DisclosureFormatFacts
{
    private static readonly ColleagueId Ann = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly ColleagueId Lead = new(Guid.Parse("00000000-0000-7000-8000-00000000000e"));
    private static readonly PersonId Mother = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));
    private static readonly PersonId Child = new(Guid.Parse("00000000-0000-7000-8000-00000000000c"));
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly UnitId Family = new(Guid.Parse("00000000-0000-7000-8000-0000000000fe"));
    private static readonly NamedBody School = NamedBody.Create(BodyKind.School, "Example Primary", "GB", new BodyId(Guid.Parse("00000000-0000-7000-8000-0000000000aa"))).OrThrow();

    private static Stamp Day(int day, ColleagueId? by = null) => new(by ?? Ann, new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day));

    private static Approval Agreed => Approval.Create("abc", Ann, Role.TeamLead, "Necessary.", Day(8).At, Day(1, Lead)).OrThrow();

    private static DisclosureRecord Disclosed() => new()
    {
        Id = Unit,
        Family = Family,
        Act = OutwardAct.Share,
        Body = School,
        Recipient = Mother,
        Attention = "the SENCo",
        Purpose = "so that support can be planned",
        Channel = "email",
        Address = "office@school.example.org",
        About = [Child],
        Items = [new DisclosureItem { FieldId = "disclosure.text", About = [Child], Mentions = [Mother], Scopes = ["sen"] }],
        Masked = [Mother],
        Shown = "Zoë\n",
        Marking = Marking.OfficialSensitive("PERSONAL"),
        Ground = GroundKind.X2,
        GroundWords = "passport seen",
        Exemption = Family,
        Permissions = [Family],
        NoticeOf = Family,
        NoticeWhy = NoticeKind.Withdrawal,
        Answer = DisclosureAnswer.Allowed,
        Rules = ["UnsafeAddressesBind"],
        Marks = [AllowedMark.LateEntrySameDay],
        Fingerprint = "abc",
        DecidedAt = Day(0).At,
        By = Ann,
        DoneAt = Day(0).At,
        Approval = Agreed,
        SignOffDueOn = Day(1).On,
        ConfidenceOf = Child,
        Outcomes = [new DisclosureOutcome { Kind = OutcomeKind.CallBack, At = Day(1).At, By = Ann, Words = "busy", CallBackOn = Day(2).On }],
        ToldFamily = ToldFamily.Told(Day(1).At, "by telephone", Day(1)).OrThrow(),
    };

    private static Exemption Relied() => new()
    {
        Id = Unit,
        Family = Family,
        AskedBy = Ann,
        AskedAt = Day(0).At,
        Kind = ExemptionKind.X1,
        Urgent = true,
        Decision = ExemptionDecision.Share,
        Who = "a",
        Feared = "b",
        ToWhom = "c",
        WhatIsTold = "d",
        WhyNow = "e",
        Hook = "dpa-sch1-18",
        NoPermission = NoPermissionReason.AskingWouldPrejudice,
        NoPermissionWords = "f",
        Facts = "g",
        Opinion = "h",
        Risk = "i",
        Necessity = "j",
        Minimum = "k",
        Prejudice = "l",
        Matter = "m",
        Views = "n",
        RecipientCheck = "o",
        WhyNamed = "p",
        Transfer = new TransferGround { Words = "q", By = Lead, At = Day(1).At },
        ToldFamily = ToldFamily.NotTold("r", Day(30).On, Day(0)).OrThrow(),
        ReviewOn = Day(30).On,
        LinkedRefusals = [Family],
        Approval = Agreed,
        SignOff = new SignOff { By = Lead, At = Day(1).At, Agreed = false, Learnt = "s" },
    };

    private static AuthorityFinding Found() => new() { Child = Child, Body = School, Prevails = Mother, Why = "order seen", By = Lead, At = Day(1).At };

    private const string DisclosureV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","family":"00000000-0000-7000-8000-0000000000fe","act":"Share","body":{"id":"00000000-0000-7000-8000-0000000000aa","kind":"School","name":"Example Primary","country":"GB"},"recipient":"00000000-0000-7000-8000-00000000000b","attention":"the SENCo","purpose":"so that support can be planned","channel":"email","address":"office@school.example.org","about":["00000000-0000-7000-8000-00000000000c"],"items":[{"field":"disclosure.text","about":["00000000-0000-7000-8000-00000000000c"],"mentions":["00000000-0000-7000-8000-00000000000b"],"scopes":["sen"]}],"masked":["00000000-0000-7000-8000-00000000000b"],"shown":"Zo\u00EB\n","classification":"OfficialSensitive","descriptor":"PERSONAL","ground":"X2","groundWords":"passport seen","exemption":"00000000-0000-7000-8000-0000000000fe","permissions":["00000000-0000-7000-8000-0000000000fe"],"noticeOf":"00000000-0000-7000-8000-0000000000fe","answer":"Allowed","rules":["UnsafeAddressesBind"],"marks":["LateEntrySameDay"],"fingerprint":"abc","decidedAt":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","doneAt":"2026-06-01T10:00:00+00:00","approval":{"of":"abc","askedBy":"00000000-0000-7000-8000-00000000000a","by":"00000000-0000-7000-8000-00000000000e","as":"TeamLead","reason":"Necessary.","at":"2026-06-02T10:00:00+00:00","until":"2026-06-09T10:00:00+00:00"},"signOffDueOn":"2026-06-02","confidenceOf":"00000000-0000-7000-8000-00000000000c","outcomes":[{"kind":"CallBack","at":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","words":"busy","callBackOn":"2026-06-03"}],"toldFamily":{"state":"Told","at":"2026-06-02T10:00:00+00:00","words":"by telephone"}}
        """;
    private const string ExemptionV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","family":"00000000-0000-7000-8000-0000000000fe","askedBy":"00000000-0000-7000-8000-00000000000a","askedAt":"2026-06-01T10:00:00+00:00","kind":"X1","urgent":true,"decision":"Share","who":"a","feared":"b","toWhom":"c","whatIsTold":"d","whyNow":"e","hook":"dpa-sch1-18","noPermission":"AskingWouldPrejudice","noPermissionWords":"f","facts":"g","opinion":"h","risk":"i","necessity":"j","minimum":"k","prejudice":"l","matter":"m","views":"n","recipientCheck":"o","whyNamed":"p","transfer":{"words":"q","by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"},"toldFamily":{"state":"NotTold","words":"r","revisitOn":"2026-07-01"},"reviewOn":"2026-07-01","linkedRefusals":["00000000-0000-7000-8000-0000000000fe"],"approval":{"of":"abc","askedBy":"00000000-0000-7000-8000-00000000000a","by":"00000000-0000-7000-8000-00000000000e","as":"TeamLead","reason":"Necessary.","at":"2026-06-02T10:00:00+00:00","until":"2026-06-09T10:00:00+00:00"},"signOff":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00","agreed":false,"learnt":"s"}}
        """;
    private const string FindingV1 =
        """
        {"v":1,"child":"00000000-0000-7000-8000-00000000000c","body":{"id":"00000000-0000-7000-8000-0000000000aa","kind":"School","name":"Example Primary","country":"GB"},"prevails":"00000000-0000-7000-8000-00000000000b","why":"order seen","by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"}
        """;

    private static Amends Amended() => Amends.Restore(Unit, Family, NoticeKind.WrongRecipient, "a", [Unit], School, [Child, Mother], Day(0).At, Ann,
        [new AmendsTold { Person = Child, Told = true, Words = "b", At = Day(1).At, By = Lead }]);

    private const string AmendsV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","family":"00000000-0000-7000-8000-0000000000fe","why":"WrongRecipient","words":"a","of":["00000000-0000-7000-8000-0000000000ff"],"reached":{"id":"00000000-0000-7000-8000-0000000000aa","kind":"School","name":"Example Primary","country":"GB"},"people":["00000000-0000-7000-8000-00000000000c","00000000-0000-7000-8000-00000000000b"],"awareAt":"2026-06-01T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000a","told":[{"person":"00000000-0000-7000-8000-00000000000c","told":true,"words":"b","at":"2026-06-02T10:00:00+00:00","by":"00000000-0000-7000-8000-00000000000e"}]}
        """;

    [Fact]
    public void Disclosure_Golden_OpensAndIsWrittenTheSame() => Golden(new DisclosureFormat(), Disclosed() with { Settled = [Settled] }, DisclosureV1[..^1].Replace("\"noticeOf\":\"00000000-0000-7000-8000-0000000000fe\"", "\"noticeOf\":\"00000000-0000-7000-8000-0000000000fe\",\"noticeWhy\":\"Withdrawal\"", StringComparison.Ordinal)
        + ",\"settled\":[{\"why\":\"Rectification\",\"words\":\"closed\",\"at\":\"2026-06-02T10:00:00+00:00\",\"by\":\"00000000-0000-7000-8000-00000000000a\"}]}");

    [Fact]
    public void Disclosure_AsWrittenBeforeNoticesHadAReason_IsOfAWithdrawal() => Assert.Equivalent(Disclosed(), new DisclosureFormat().Read(Encoding.UTF8.GetBytes(DisclosureV1)), strict: true);

    [Fact]
    public void Amends_Golden_OpensAndIsWrittenTheSame() => Golden(new AmendsFormat(), Amended(), AmendsV1);

    private static NoticeSettled Settled => new() { Why = NoticeKind.Rectification, Words = "closed", At = Day(1).At, By = Ann };

    [Fact]
    public void Exemption_Golden_OpensAndIsWrittenTheSame() => Golden(new ExemptionFormat(), Relied(), ExemptionV1);

    [Fact]
    public void Finding_Golden_OpensAndIsWrittenTheSame() => Golden(new FindingFormat(), Found(), FindingV1);

    private static void Golden<T>(IRecordFormat<T> format, T record, string golden) where T : class
    {
        Assert.Equal(golden, Encoding.UTF8.GetString(format.Write(record)));
        var read = format.Read(Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(format.Write(read)));
        Assert.Equivalent(record, read, strict: true);
    }
}
