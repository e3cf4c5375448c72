using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Curiosity;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Recipients;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;
using Wdfis.Portal;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Breaches;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Curiosity;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Features.Disclosure;
using Wdfis.Tests.Features.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Strongroom;

/// <summary>What people are called, how they are reached and what they said goes through every desk, and is found in no file afterwards.</summary>
[Collection(nameof(Chromium))]
public sealed partial class CanaryTests : IDisposable
{
    private const int Journeys = 50;

    private static readonly Errand Officer = StrongroomFixture.For(StrongroomFixture.Officer, Purpose.RightsRequest, "window-9");
    private readonly string root = Directory.CreateTempSubdirectory("wdfis-canary-").FullName;

    private string Data => Path.Combine(root, "data");

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>The words of one journey: twenty.</summary>
    private sealed record Planted(string[] Names, string Telephone, string Email, string SchoolEmail, string Postcode)
    {
        public static Planted Make(Random random, int number) => new(
            [.. Enumerable.Range(0, 16).Select(_ => Canaries.Name(random))],
            $"07700 {900_000 + number}", $"kz{random.Next(1_000_000):d6}q{number}@example.org", $"wv{random.Next(1_000_000):d6}y{number}@school.example.org", $"WF5 {number % 10}{"ABDEF"[number / 10]}Z");

        public IEnumerable<string> Words => [.. Names, Telephone, Email, SchoolEmail, Postcode];

        public string this[int index] => Names[index];
    }

    // One family from the first call to the last form, as the desks' services take it. Without looking nobody is searched for: what a search
    // found is in the audit by its ids, and families of the same name are found together.
    private static async Task Journey(FamilyRoom room, Planted planted, bool looking = true)
    {
        var drafts = room.Get<DraftDesk>();
        async Task<UnitId> Typed(Errand who, string form, params (string Field, string Text)[] fields)
        {
            room.Room.Clock.Advance(TimeSpan.FromSeconds(2));
            var draft = UnitId.Create(room.Room.Clock);
            Assert.Equal(DraftAnswer.Kept, await drafts.Keep(who, draft, form, fields.ToDictionary(field => field.Field, field => field.Text)));
            return draft;
        }
        var (adviser, lead) = (FamilyRoom.Adviser, FamilyRoom.Lead);

        // A call: refused first, then entered, saved, added to; searched for as it sounds.
        var enquiries = room.Get<EnquiryDesk>();
        var call = await Typed(adviser, CallFields.Form, ("service", "families-information"), ("rung", "named"), ("new-forename", planted[0]), ("new-surname", planted[1]), ("new-telephone", "12"),
            ("new-email", planted.Email), ("new-child", planted[2]), ("new-birth", "12/3/2024"), ("new-postcode", planted.Postcode), ("topic", "benefits"), ("need", $"A place for {planted[2]}, {planted[9]}"), ("outcome", "information-given"));
        Assert.NotEmpty((await enquiries.EnterFamily(adviser, call)).Problems);
        await drafts.Keep(adviser, call, CallFields.Form, new Dictionary<string, string> { ["new-telephone"] = planted.Telephone });
        var family = (await enquiries.EnterFamily(adviser, call)).OrThrow().Family;
        var side = await enquiries.OpenFamily(adviser, new Call(new Dictionary<string, string> { ["family"] = family.ToString(), ["family-is-new"] = "yes" }));
        var (mother, child) = (side.Card!.Carers[0], side.Card.Children[0]);
        await drafts.Keep(adviser, call, CallFields.Form, new Dictionary<string, string> { ["family"] = family.ToString(), ["caller"] = mother.Id.ToString(), ["confirmed"] = "known-voice", ["answer"] = planted[10] });
        Assert.IsType<SaveAnswer.Refused>(await enquiries.Save(adviser, await Typed(adviser, CallFields.Form, ("need", planted[10])), close: true));
        Assert.IsType<SaveAnswer.Saved>(await enquiries.Save(adviser, call, close: false));
        var search = room.Get<FamilySearch>();
        foreach (var text in looking ? (string[])[planted[1], planted[1][..5], $"{planted[1]} {planted[0]}", planted.Telephone, planted.Email, planted.Postcode, planted[15]] : [])
        {
            room.Room.Clock.Advance(TimeSpan.FromSeconds(1));
            await search.Search(adviser, text, default, atOnce: true);
        }

        // The card: whom nobody may be told of, and a form that two had open.
        var desk = room.Get<FamilyDesk>();
        var version = (await room.Keeper.Envelope(family))!.Version;
        FamilyCard Safe(FamilyCard card) => FamilyCard.Create([card.Carers[0] with { Responsibilities = [new ParentalResponsibility { State = Responsibility.Yes, EvidenceSeen = planted[5], SeenOn = room.Today, Source = Source.Record }] }], card.Children, room.Today, StrongroomFixture.Adviser.Id, address: card.Address,
            safeContact: new SafeContact { NeverDiscloseTo = [planted[3]], ReviewedOn = room.Today, SetBy = StrongroomFixture.Adviser.Id, Source = Source.Themselves }).OrThrow();
        Assert.IsType<FamilyAnswer.Done>(await desk.Change(adviser, family, version, card => Safe(card)));
        Assert.IsNotType<FamilyAnswer.Done>(await desk.Change(adviser, family, version, card => Safe(card)));

        // Somebody asks about them; a permission for a school, and what it was told.
        Assert.True(!looking || (await room.Get<AskedDesk>().Record(adviser, new AskedQuestion { Asker = planted[12], About = $"{planted[0]} {planted[1]}", Words = planted[11], CallBack = planted.Telephone, Channel = "phone", SentenceGiven = true })).Accepted);
        var school = (await room.Get<RecipientDesk>().Add(adviser, new RecipientDetails { Kind = BodyKind.School, Name = planted[4] }, [new RecipientContact { Way = ContactWay.Email, Value = planted.SchoolEmail }])).OrThrow();
        var scene = new DisclosureRoom(room, family, mother, child, school);
        await scene.Agreed(PermissionKind.Share, scene.Grant() with { Evidence = planted[5] }, scene.Both, "child-name");
        await scene.Sent(await scene.Ticked(scene.Form() with { About = [child.Id], Address = planted.SchoolEmail }, "family.child.forename"));

        // Rights, a breach, a hold, a conflict, a copy of the policy.
        var rights = room.Get<RightsDesk>();
        var request = Assert.Single((await rights.Take(adviser, new RightsIntake { Kind = RightKind.Access, ReceivedOn = room.Today, How = "phone", Asker = Asker.Parent, AskerName = planted[14], Reach = planted.Email, Words = planted[13] }, [new(family, mother.Id)])).Requests).Id;
        room.Room.Clock.Advance(TimeSpan.FromSeconds(1));
        await rights.Search(Officer, request, looking ? planted[1] : null);
        Assert.True((await room.Get<BreachDesk>().Report(adviser, await Typed(adviser, BreachDesk.Form, ("breach.facts", $"A letter for {planted[0]} went to {planted[6]}"), ("breach.containment", planted[6])))).Accepted);
        Assert.Empty(await room.Get<HoldDesk>().Place(lead, family, null, await Typed(lead, HoldDesk.Form, (HoldDesk.KindField, nameof(HoldKind.Complaint)), (HoldDesk.WhyField, planted[7]), (HoldDesk.ReferenceField, planted[7]), (HoldDesk.ReviewField, room.Today.AddMonths(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))));
        Assert.Empty(await room.Get<CopyDesk>().Take(adviser, await Typed(adviser, CopyDesk.Form, (CopyDesk.FormatField, nameof(CopyFormat.Paper)), (CopyDesk.ToField, $"{planted[8]}, {planted.Postcode}"))));
        Assert.NotEmpty(await room.Get<CopyDesk>().Take(adviser, await Typed(adviser, CopyDesk.Form, (CopyDesk.ToField, planted[8]))));
        var other = StrongroomFixture.For(StrongroomFixture.OtherAdviser, circuit: "window-3");
        Assert.Empty(await room.Get<HandlingDesk>().Declare(other, family, await Typed(other, HandlingDesk.Form, (HandlingDesk.TieField, nameof(ConflictTie.Neighbour)), (HandlingDesk.WhyField, planted[15]))));

        // A draft that waits, one that is too long, one that was dropped.
        await Typed(adviser, "family-carer", ("forename", planted[0]), ("surname", planted[1]), ("value", planted.Telephone));
        Assert.Equal(DraftAnswer.TooLong, await drafts.Keep(adviser, UnitId.Create(room.Room.Clock), "hold", new Dictionary<string, string> { ["why"] = string.Concat(Enumerable.Repeat(planted[7], 4_000)) }));
        await drafts.Drop(adviser, await Typed(adviser, "amends", ("words", planted[13])));
    }

    // What leads and officers do, and what families see seldom: each desk's own words beside a family of their own.
    private static async Task Registers(FamilyRoom room, Planted planted)
    {
        var drafts = room.Get<DraftDesk>();
        async Task<UnitId> Typed(Errand who, string form, params (string Field, string Text)[] fields)
        {
            room.Room.Clock.Advance(TimeSpan.FromSeconds(2));
            var draft = UnitId.Create(room.Room.Clock);
            Assert.Equal(DraftAnswer.Kept, await drafts.Keep(who, draft, form, fields.ToDictionary(field => field.Field, field => field.Text)));
            return draft;
        }
        static Errand As(Colleague who, Purpose purpose) => StrongroomFixture.For(who, purpose, $"window-{(int)purpose}");
        var (adviser, colleague, lead, officer) = (StrongroomFixture.Adviser, StrongroomFixture.OtherAdviser, StrongroomFixture.Lead, StrongroomFixture.Officer);

        // A mother, a father of whom she told, and their child; a school that is told, wrongly; what is owed for it.
        var mother = room.Carer(planted[0], planted[1]) with { Responsibilities = [new ParentalResponsibility { State = Responsibility.Yes, EvidenceSeen = planted[5], SeenOn = room.Today, Source = Source.Record }] };
        var father = room.Carer(planted[2], planted[3]) with { Relationship = "father", Contacts = [], Source = Source.FamilyMember };
        var child = room.Child(planted[4], room.Today.AddYears(-6)) with { Setting = planted[5], SenStage = "sen-support" };
        var family = Assert.IsType<FamilyAnswer.Done>(await room.Get<FamilyDesk>().Create(FamilyRoom.Adviser, FamilyCard.Create([mother, father], [child], room.Today, adviser.Id, address: new Address { Lines = $"14 {planted[6]}", Postcode = planted.Postcode, Source = Source.Themselves }).OrThrow(), Service.FamiliesInformation)).Family;
        var school = (await room.Get<RecipientDesk>().Add(FamilyRoom.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = planted[7] }, [new RecipientContact { Way = ContactWay.Email, Value = planted.SchoolEmail }, new RecipientContact { Way = ContactWay.Telephone, Value = "01632 960123" }])).OrThrow();
        var scene = new DisclosureRoom(room, family, mother, child, school);
        var permission = await scene.Agreed(PermissionKind.Share, scene.Grant() with { Evidence = planted[5] }, scene.Both, "child-name");
        var told = await scene.Sent(await scene.Ticked(scene.Form() with { About = [child.Id], Address = planted.SchoolEmail }, "family.child.forename"));
        Assert.True((await room.Get<AmendsDesk>().Report(scene.Adviser, told.Record.Id, NoticeKind.WrongRecipient, [], NamedBody.Create(BodyKind.Other, planted[8]).OrThrow(), planted[9], null, await Typed(scene.Adviser, "amends", ("words", planted[9])))).Accepted);
        Assert.Empty(await room.Get<HeardOfDesk>().LeaveUntold(FamilyRoom.Adviser, HeardOf.IdOf(father.Id), NotToldBecause.Confidence, planted[10]));
        Assert.Null(await scene.Desk.Find(scene.Lead, family, child.Id, school.Named(), mother.Id, planted[11]));

        // Told without permission, at once; and in full, which a lead has to agree to.
        var asks = As(adviser, Purpose.Safeguarding);
        (string, string)[] five = [("who", planted[4]), ("feared", planted[12]), ("to-whom", planted[7]), ("told", planted[13]), ("why-now", planted[14])];
        Assert.NotNull((await room.Get<ExemptionDesk>().Urgent(asks, family, await Typed(asks, ExemptionForm.Urgent, [.. five, ("body-id", school.Id.ToString())]), UnitId.Create(room.Room.Clock))).Released);
        Assert.True((await room.Get<ExemptionDesk>().Save(asks, family, null, await Typed(asks, ExemptionForm.Full, [.. five, ("kind", "X1"), ("hook", "dpa-sch1-18"), ("no-permission", nameof(NoPermissionReason.AskingWouldPrejudice)), ("facts", planted[12]), ("risk", planted[13]), ("necessity", planted[14]), ("minimum", planted[15]), ("views", planted[8]),
            ("recipient-check", planted[9]), ("family-told", nameof(FamilyTold.NotTold)), ("family-told-words", planted[10]), ("family-revisit-on", "2099-01-01"), ("review-on", "2099-01-01")]))).Accepted);
        await room.Get<PermissionDesk>().Withdraw(FamilyRoom.Adviser, permission, mother.Id);

        // Special handling, an emergency, a conflict met again; a colleague's home; why somebody looks; what a lead makes of it.
        var handling = room.Get<HandlingDesk>();
        Assert.Empty(await handling.Special(FamilyRoom.Lead, family, await Typed(FamilyRoom.Lead, HandlingDesk.Form, (HandlingDesk.WhyField, planted[15])), HandlingEvent.Begun));
        var helping = As(colleague, Purpose.Advise);
        Assert.Empty(await handling.OpenInEmergency(helping, family, await Typed(helping, HandlingDesk.Form, (HandlingDesk.WhyField, planted[12]))));
        Assert.Empty(await handling.Special(FamilyRoom.Lead, family, await Typed(FamilyRoom.Lead, HandlingDesk.Form, (HandlingDesk.WhyField, planted[13])), HandlingEvent.Ended));
        var curiosity = room.Get<CuriosityDesk>();
        Assert.Empty(await curiosity.LiveAt(helping, planted.Postcode, planted[6]));
        Assert.Empty(await curiosity.Say(helping, family, OpeningReason.Other, planted[14]));
        Assert.Empty(await handling.Declare(helping, family, await Typed(helping, HandlingDesk.Form, (HandlingDesk.TieField, nameof(ConflictTie.Neighbour)), (HandlingDesk.WhyField, planted[15]))));
        Assert.IsType<Opening<FamilyCard>.Refused>(await room.Get<FamilyDesk>().Open(helping, family));
        var watches = As(lead, Purpose.QualityReview);
        foreach (var alert in await curiosity.Alerts(watches))
            Assert.Empty(await curiosity.Close(watches, alert.Id, await Typed(watches, CuriosityDesk.Form, (CuriosityDesk.NoteField, planted[8])), AlertEnd.Explained));

        // A family that asks to see everything, and one that asks to be forgotten by name.
        var rights = room.Get<RightsDesk>();
        var request = Assert.Single((await rights.Take(FamilyRoom.Adviser, new RightsIntake { Kind = RightKind.Access, ReceivedOn = room.Today, How = "phone", Asker = Asker.Themselves, Words = planted[11] }, [new(family, mother.Id)])).Requests).Id;
        Assert.Empty(await rights.Take(Officer, request, RightsEvent.PlaceSearched, null, planted[1], $"{OtherPlace.Paper}:{SearchResult.NothingHeld}"));
        var pack = room.Get<PackDesk>();
        Assert.Empty(await pack.Decide(Officer, request, [.. (await pack.Gather(Officer, request)).Items.Where(item => item.Waits).Select(item => item.Key)], ItemVerdict.WithoutThem, null, planted[10], null));
        var leaving = room.Carer(planted[14], planted[15]);
        var anonymous = await room.Save(room.Card([leaving], []));
        Assert.NotEqual(default, (await room.Get<AnonymityDesk>().Descend(FamilyRoom.Adviser, anonymous, [leaving.Id], Rung.Anonymous)).Proof);

        // What everybody lives by: schedule, policy, review.
        Assert.True((await room.Get<ScheduleDesk>().Save(As(officer, Purpose.RetentionReview), null, await Typed(As(officer, Purpose.RetentionReview), ScheduleDesk.Form, ("fis-enquiry.period", "3 years"), (ScheduleDesk.FromField, "2099-01-01"), (ScheduleDesk.WhyField, planted[8])))).Accepted);
        var keeps = As(officer, Purpose.QualityReview);
        var (policy, number) = (room.Get<PolicyDesk>(), new PolicyNumber(2026, 9));
        int Version() => room.Get<PolicyShelf>().Find(number)!.Envelope.Version;
        Assert.Empty(await policy.Write(keeps, null, 0, await Typed(keeps, PolicyDesk.Form, (PolicyDesk.NumberField, number.ToString()), (PolicyDesk.ChangedField, planted[9]))));
        Assert.Empty(await policy.Approve(watches, number, Version()));
        Assert.Empty(await policy.Publish(keeps, number, Version(), room.Today));
        Assert.Empty(await policy.Acknowledge(As(adviser, Purpose.QualityReview), number));
        Assert.Empty((await room.Get<ReviewDesk>().Begin(keeps, await Typed(keeps, ReviewDesk.Form, (ReviewDesk.TriggerField, nameof(ReviewTrigger.Complaint)), (ReviewDesk.BecauseField, planted[10])))).Problems);

        // What is over goes, with a lead's words; and the month is looked through.
        var over = await room.Save(room.Card([room.Carer(planted[12], planted[13])], []), made => made with { KeepUntil = new KeepUntil(room.Today.AddDays(-40), RetentionCodes.FamilyCard, "of the test"), State = "closed", CreatedOn = room.Today.AddYears(-8), TouchedOn = room.Today.AddDays(-60) });
        var disposal = room.Get<DisposalDesk>();
        var (decides, agrees) = (As(lead, Purpose.RetentionReview), StrongroomFixture.For(DisposalRoom.SecondLead, Purpose.RetentionReview, "window-7"));
        var list = Assert.Single((await disposal.Prepare(decides, [over])).Lists);
        Assert.Empty(await disposal.Decide(decides, list, (await disposal.Open(decides, list)).List!.Items, DisposalDecision.Dispose, why: planted[14]));
        Assert.Empty(await disposal.HandOver(decides, list));
        Assert.Empty(await disposal.Approve(agrees, list, planted[15]));
        room.Room.Clock.Advance(TimeSpan.FromDays(31));
        Assert.NotEqual("nothing was due", await room.Get<Disposer>().RunDue());
        await room.Room.Services.GetServices<IJob>().OfType<PrepareMonth>().Single().Run(default);
        var month = (await room.Get<MonthlyDesk>().All(watches))[0];
        Assert.Empty(await room.Get<MonthlyDesk>().Sign(watches, month.Id, month.Version, await Typed(watches, MonthlyDesk.Form, (MonthlyDesk.NoteField, planted[9]))));
    }

    [Fact]
    public async Task ThousandNames_ThroughEveryDesk_StandInNoFileNorLog()
    {
        var random = new Random(20260309);
        var planted = Enumerable.Range(0, Journeys).Select(number => Planted.Make(random, number)).ToList();
        var words = planted.SelectMany(one => one.Words).ToHashSet(StringComparer.Ordinal);
        Assert.True(words.Count >= 1_000, $"{words.Count} words.");
        var made = new ConcurrentBag<UnitKind>();
        await using (var room = await FamilyRoom.Start(Data))
        {
            room.Keeper.Subscribe(change => made.Add(change.Kind));
            foreach (var one in planted)
                await Journey(room, one);
            await Registers(room, planted[0]);
            // Whatever kind of record there is, words were planted in one: a kind that comes later is planted here too.
            Assert.Equal(Enum.GetValues<UnitKind>().Order(), made.Distinct().Order());
            await BackupPlace.Take(room.Room);
            // As it lies there while it runs, journals and all.
            Assert.Empty(Canaries.In(root, words));
        }
        // The real portal on the same folder, telling everything it can tell; its forms over HTTP, good and bad; then a power cut.
        var temporary = Directory.CreateDirectory(Path.Combine(root, "tmp")).FullName;
        await using var portal = await PortalProcess.Start(Data, ("TMPDIR", temporary), ("DOTNET_EnableDiagnostics", "0"), ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft", "Trace"), ("Development__Families", "0"));
        await Forms(portal, planted);
        await portal.Kill();
        Assert.Empty(Canaries.In(root, words));
        Assert.Empty(Canaries.In([("the portal's output", Encoding.UTF8.GetBytes(string.Join('\n', portal.Output)))], words));
        Assert.True(portal.Output.Count > 1_000, "It said too little to be a test of what it says.");
    }

    private static async Task Forms(PortalProcess portal, List<Planted> planted)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(portal.Address) };
        await client.PostAsync("/sign-in/development", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["colleague"] = "00000000-0000-7000-8000-000000000011",
            ["__RequestVerificationToken"] = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value,
        }));
        var answers = new ConcurrentBag<HttpStatusCode>();
        foreach (var (number, one) in planted.Index())
        {
            var fields = one.Words.Index().ToDictionary(word => $"f{word.Index}", word => word.Item);
            var whole = JsonSerializer.Serialize(new { form = "family-carer", fields });
            foreach (var (body, id) in new[] { (whole, $"01234567-89ab-7def-8123-{number:d12}"), (whole[..^5], $"01234567-89ab-7def-8123-{number:d12}"), (whole, "no-id"), (JsonSerializer.Serialize(new { form = one[0], fields = new { x = string.Concat(Enumerable.Repeat(one[1], 20_000)) } }), $"01234567-89ab-7def-9123-{number:d12}") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, $"/drafts/{id}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("X-Wdfis-Draft", "1");
                using var answer = await client.SendAsync(request);
                Assert.DoesNotContain(one[1], await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
                answers.Add(answer.StatusCode);
            }
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.RequestEntityTooLarge], answers.Distinct().Order());
    }

    [Fact]
    public void PlantedName_InAnySpelling_IsFound()
    {
        const string Name = "Świętosłąwa O’Żółć";
        foreach (var bytes in new[]
        {
            Encoding.UTF8.GetBytes(Name), Encoding.Unicode.GetBytes(Name.ToUpperInvariant()), Encoding.BigEndianUnicode.GetBytes(Name), Encoding.UTF8.GetBytes(Name.Normalize(NormalizationForm.FormD)),
            "{\"a\":\"\\u015Awi\\u0119tos\\u0142\\u0105wa O\\u2019\\u017B\\u00F3\\u0142\\u0107\"}"u8.ToArray(), Encoding.UTF8.GetBytes("/x?" + Uri.EscapeDataString(Name)), "swietoslawaozolc"u8.ToArray(),
        })
            Assert.Single(Canaries.In([("file", [1, .. bytes, 2])], [Name, "Somebodyelse"]));
        Assert.Single(Canaries.In([("file", "+447700900123"u8.ToArray())], ["07700 900123"]));
        Assert.Empty(Canaries.In([("file", "Swietoslaw"u8.ToArray())], [Name, "07700 900123"]));
    }

    /// <summary>
    /// Three stores from the same clock: in two every family has the same names and texts, in the third each has its own of the same length.
    /// What is not sealed, an id or a hash is the same in all; nothing comes twice because a name does; what comes out the same in the first
    /// two does so in the third.
    /// </summary>
    [Fact]
    public async Task StoredColumns_OfOtherNames_AreTheSame()
    {
        const int Families = 4;
        Planted Same(int number, string letters) => new([.. Enumerable.Range(0, 16).Select(word => $"{letters}name{(char)('a' + word)}")], "07700 900123", $"{letters}mail@example.org", $"{letters}desk@school.example.org", "WF5 8ZZ");
        Planted Own(int number, string letters) => Same(number, $"{letters[..^1]}{number}") with { Telephone = $"07700 90045{number}", Postcode = $"WF5 {number}ZZ" };
        var stores = new List<Dictionary<string, List<object[]>>>();
        foreach (var (name, plant) in new (string, Func<int, string, Planted>)[] { ("first", Same), ("second", Same), ("third", Own) })
        {
            var folder = Path.Combine(root, name);
            await using (var room = await FamilyRoom.Start(folder))
            {
                for (var number = 0; number < Families; number++)
                    await Journey(room, plant(number, "qqqqq"), looking: false);
            }
            stores.Add(Tables(folder));
        }
        Assert.Contains("records.db unit", stores[0].Keys);
        Assert.Equal(stores[0].Keys.Order(), stores[2].Keys.Order());
        foreach (var (table, rows) in stores[0].Where(table => table.Key != "records.db sqlite_sequence"))
        {
            var (again, other) = (stores[1][table], stores[2][table]);
            // Plain values whole, of the others how long they are.
            static IEnumerable<string> Plain(List<object[]> rows) => rows.Select(row => string.Join('|', row.Select(value => value is byte[] bytes ? $"[{bytes.Length}]" : Convert.ToString(value, CultureInfo.InvariantCulture)))).Order(StringComparer.Ordinal);
            Assert.Equal(Plain(rows), Plain(other));
            for (var column = 0; column < (rows.Count == 0 ? 0 : rows[0].Length); column++)
            {
                IEnumerable<string> Blobs(List<object[]> of) => of.Select(row => row[column]).OfType<byte[]>().Select(Convert.ToHexString).Order(StringComparer.Ordinal);
                IEnumerable<int> Often(List<object[]> of) => Blobs(of).CountBy(blob => blob).Select(blob => blob.Value).Order();
                Assert.True(Often(rows).SequenceEqual(Often(other)), $"{table}, column {column}: what comes twice depends on names.");
                Assert.True(!Blobs(rows).SequenceEqual(Blobs(again)) || Blobs(rows).SequenceEqual(Blobs(other)), $"{table}, column {column}: the same names give the same bytes, and others do not.");
            }
        }
    }

    [Fact]
    public async Task RecordFileAndBackups_WithoutKeys_StartNothingAndAreNotRestored()
    {
        await using (var room = await FamilyRoom.Start(Data))
        {
            await Journey(room, Planted.Make(new Random(7), 1));
            await BackupPlace.Take(room.Room);
        }
        var stolen = Directory.CreateDirectory(Path.Combine(root, "stolen")).FullName;
        File.Copy(Path.Combine(Data, "records.db"), Path.Combine(stolen, "records.db"));
        await using (var room = StrongroomFixture.Prepare(folder: stolen))
            await Assert.ThrowsAsync<StartRefused>(room.Start);
        await using (var room = StrongroomFixture.Prepare(folder: Path.Combine(root, "elsewhere")))
        {
            room.Settings["Backup:Records"] = Data + "-backups/records";
            room.Settings["Backup:Keys"] = Data + "-backups/keys";
            await Assert.ThrowsAsync<StartRefused>(() => BackupPlace.Restored(room, new Portal.Strongroom.RestoreAsked()));
        }
    }

    private static Dictionary<string, List<object[]>> Tables(string folder)
    {
        var all = new Dictionary<string, List<object[]>>();
        foreach (var file in (string[])["records.db", "keys.db"])
        {
            using var database = Pragmas.Open(Path.Combine(folder, file));
            List<object[]> Rows(string sql)
            {
                using var command = database.CreateCommand();
                command.CommandText = sql;
                using var reader = command.ExecuteReader();
                var rows = new List<object[]>();
                while (reader.Read())
                {
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    rows.Add(row);
                }
                return rows;
            }
            foreach (var table in Rows("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_stat%'"))
                all[$"{file} {table[0]}"] = Rows($"SELECT * FROM \"{table[0]}\"");
        }
        return all;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
