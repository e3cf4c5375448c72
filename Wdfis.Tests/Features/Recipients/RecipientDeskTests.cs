using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Recipients;

public class RecipientDeskTests
{
    private static readonly Errand Adviser = StrongroomFixture.For(StrongroomFixture.Adviser), Lead = StrongroomFixture.For(StrongroomFixture.Lead, circuit: "window-2");

    private static RecipientContact Phone(string number = "01632 960123") => new() { Way = ContactWay.Telephone, Value = number };

    private static async Task<Recipient> Add(FamilyRoom room, string name, BodyKind kind = BodyKind.School, string country = "GB", bool urgent = false) =>
        (await room.Get<RecipientDesk>().Add(Adviser, new() { Kind = kind, Name = name, Country = country, Urgent = urgent, AskFor = "the head" }, [Phone()])).OrThrow();

    private static string[] Names(FamilyRoom room, string? typed, DirectoryView view = DirectoryView.Open) =>
        [.. room.Get<RecipientDesk>().Find(Adviser, typed, view).Select(line => line.Recipient.Name)];

    [Fact]
    public async Task Directory_FindsAsTyped_KeepsUp_AndIsThereAfterARestart()
    {
        await using var room = await FamilyRoom.Start();
        await Add(room, "Zoë's Nursery", BodyKind.Nursery);
        Assert.Equal(["Zoë's Nursery"], Names(room, "zoes"));
        var school = await Add(room, "Example Primary School");
        await Add(room, "Old Example School", urgent: true);
        Assert.Equal(["Example Primary School", "Old Example School"], Names(room, "exam sch"));
        Assert.Equal(["Old Example School"], Names(room, null, DirectoryView.Urgent));
        Assert.Empty(Names(room, "ample"));

        var desk = room.Get<RecipientDesk>();
        Assert.True((await desk.Change(Adviser, school.Id, 1, school.Details with { Name = "Renamed Primary" }, school.Contacts)).Accepted);
        Assert.Contains("changed this entry in between", (await desk.Change(Lead, school.Id, 1, school.Details, school.Contacts)).Problems[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(["Renamed Primary"], Names(room, "renamed"));

        var folder = room.Room.Folder;
        await room.Room.Stop();
        Assert.Empty(Disk.Holding(folder, System.Text.Encoding.UTF8.GetBytes("Renamed Primary")));
        await room.Room.Start();
        Assert.Equal(["Old Example School", "Renamed Primary", "Zoë's Nursery"], Names(room, null));
    }

    [Fact]
    public async Task Check_OfAYearAgo_IsDue_AndDoneByOneAct()
    {
        await using var room = await FamilyRoom.Start();
        var made = await Add(room, "Example Primary School");
        room.Room.Clock.Advance(TimeSpan.FromDays(366));
        Assert.Equal(["Example Primary School"], Names(room, null, DirectoryView.ToCheck));
        Assert.True((await room.Get<RecipientDesk>().Confirm(Adviser, made.Id)).Accepted);
        Assert.Empty(Names(room, null, DirectoryView.ToCheck));
        Assert.Equal(room.Today.AddMonths(12), (await room.Keeper.Envelope(new UnitId(made.Id.Value)))!.DueOn);
    }

    [Fact]
    public async Task Person_IsListedWithoutWaysToReachThem_AndOpeningIsOnRecord()
    {
        await using var room = await FamilyRoom.Start();
        var person = await Add(room, "Hazel Madeup", BodyKind.Individual);
        Assert.DoesNotContain(room.Get<RecipientDirectory>().Find(person.Id)!.Recipient.Contacts, contact => contact.Value.Length > 0);
        Assert.Empty(Names(room, "01632"));
        Assert.Equal("01632 960123", (await room.Get<RecipientDesk>().Open(Adviser, person.Id)).Recipient!.Contacts[0].Value);
        Assert.NotEmpty(await room.Keeper.WhoOpened(Lead, new UnitId(person.Id.Value)));
        Assert.Equal(Classification.OfficialSensitive, (await room.Keeper.Envelope(new UnitId(person.Id.Value)))!.Marking.Classification);
    }

    [Fact]
    public async Task Merger_OnlyIntoWhatIsOpen_LeadsToTheLast_AndPermissionsAskToBeLookedAt()
    {
        await using var room = await FamilyRoom.Start();
        var desk = room.Get<RecipientDesk>();
        var (first, second, third) = (await Add(room, "First School"), await Add(room, "Second School"), await Add(room, "Third School"));
        var (mother, child) = (room.Carer("Magda", "Testowska"), room.Child("Ola", room.Today.AddYears(-9)));
        var family = await room.Save(room.Card([mother], [child]));
        var directory = room.Get<RecipientDirectory>();
        var terms = PermissionTerms.Create([child.Id], directory.Named(BodyKind.School, "first school").OrThrow(), PermissionKind.Contact, "so that support can be planned", [], ["phone"], room.Today, room.Today.AddDays(100)).OrThrow();
        Assert.Equal(first.Id, terms.Body.Id);
        var grant = new Grant { By = mother.Id, Capacity = GrantCapacity.ParentWithResponsibility, Evidence = "said so", How = GivenHow.Spoken, TextVersion = PermissionRequest.Version, Words = "May we", GivenAt = room.Room.Clock.GetUtcNow() };
        var permission = (await room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, family, terms, grant)).OrThrow();
        Assert.DoesNotContain(PermissionPrompt.BodyChanged, (await room.Get<PermissionDesk>().Open(FamilyRoom.Adviser, permission.Id)).Prompts);

        Assert.True((await desk.Finish(Lead, first.Id, RecipientEnding.Merged, room.Today, second.Id)).Accepted);
        Assert.False((await desk.Finish(Lead, second.Id, RecipientEnding.Merged, room.Today, first.Id)).Accepted);
        Assert.True((await desk.Finish(Lead, second.Id, RecipientEnding.Closed, room.Today, third.Id)).Accepted);
        Assert.Equal(third.Id, directory.Current(first.Id)!.Id);
        var shown = await room.Get<PermissionDesk>().Open(FamilyRoom.Adviser, permission.Id);
        Assert.Contains(PermissionPrompt.BodyChanged, shown.Prompts);
        Assert.Contains("First School was merged into Third School.", shown.Body!.Words, StringComparison.Ordinal);
        var all = await room.Get<PermissionDesk>().ForFamily(FamilyRoom.Adviser, family);
        Assert.Contains(PermissionPrompt.BodyChanged, all.PromptsOf(Assert.Single(all.All)));
    }

    [Fact]
    public async Task Named_ChosenOrTypedExactly_IsTheEntry_ElseFree()
    {
        await using var room = await FamilyRoom.Start();
        var (abroad, directory) = (await Add(room, "École Exemple", country: "CH"), room.Get<RecipientDirectory>());
        Assert.Equal("CH", directory.Named(BodyKind.School, "école exemple").OrThrow().Country);
        Assert.Equal(default, directory.Named(BodyKind.Gp, "École Exemple").OrThrow().Id);
        Assert.Equal(abroad.Id, directory.Named(BodyKind.Gp, "École Exemple", abroad.Id).OrThrow().Id);
        Assert.Equal(default, directory.Named(BodyKind.School, "Typed over it", abroad.Id).OrThrow().Id);
        Assert.False(directory.Named(BodyKind.School, " ").Accepted);
        var twin = await Add(room, "École Exemple");
        Assert.Equal(default, directory.Named(BodyKind.School, "École Exemple").OrThrow().Id);
        Assert.Equal(twin.Id, directory.Named(BodyKind.School, "École Exemple", twin.Id).OrThrow().Id);
    }

    [Fact]
    public async Task Import_ShowsChangesFieldByField_IsDoneInOneAct_AndTwiceIsNothing()
    {
        await using var room = await FamilyRoom.Start();
        var (import, desk, directory) = (room.Get<SchoolsImport>(), room.Get<RecipientDesk>(), room.Get<RecipientDirectory>());
        var lines = RegisterText.Lines();
        async Task<RegisterFile> Read(string[] from)
        {
            await import.Begin(StrongroomFixture.Lead.Id, RegisterText.File(from));
            var run = import.Of(StrongroomFixture.Lead.Id)!;
            Assert.Equal(100, run.Percent);
            return run.File!;
        }
        RegisterPreview Preview(RegisterFile file) => import.Preview(file, StrongroomFixture.Lead.Id);

        var first = Preview(await Read(lines));
        Assert.Equal(8, first.Changes.Length);
        Assert.All(first.Changes, change => Assert.True(change.IsNew));
        Assert.Empty(directory.All);
        Assert.Null(await import.Apply(Lead, first));
        Assert.Equal(8, directory.All.Length);
        Assert.Empty(Preview(await Read(lines)).Changes);

        // By hand beside the register: it stays.
        var academy = directory.All.Single(line => line.Recipient.Details.Urn == 990_002);
        Assert.True((await desk.Change(Adviser, academy.Recipient.Id, academy.Envelope.Version, academy.Recipient.Details with { AskFor = "the SENCO" }, [.. academy.Recipient.Contacts, Phone("01632 960777")])).Accepted);
        lines[2] = lines[2].Replace("01632960202", "01632960999", StringComparison.Ordinal).Replace("Specimen", "Follower", StringComparison.Ordinal);
        lines[4] = lines[4].Replace("\"Open\"", "\"Closed\"", StringComparison.Ordinal);
        var second = Preview(await Read([.. lines.Where((_, at) => at != 8)]));
        Assert.Equal(2, second.Changes.Length);
        Assert.Equal([("Head", "Mr Théo Specimen", "Mr Théo Follower"), ("Telephone", "01632 960202; 01632 960777", "01632 960777; 01632 960999")],
            second.Changes.Single(change => !change.Closes).Differences.Select(difference => (difference.What, difference.Before!, difference.After!)));
        Assert.Contains("Invented Special School", Assert.Single(second.Alone), StringComparison.Ordinal);

        // A colleague is quicker: nothing of it is done, and a new look does.
        Assert.True((await desk.Confirm(Adviser, academy.Recipient.Id)).Accepted);
        Assert.Contains("in between", (await import.Apply(Lead, second))!.Sentence, StringComparison.Ordinal);
        Assert.True(directory.All.Single(line => line.Recipient.Details.Urn == 990_004).Recipient.IsOpen);
        var again = Preview(import.Of(StrongroomFixture.Lead.Id)!.File!);
        Assert.Null(await import.Apply(Lead, again));
        Assert.False(directory.All.Single(line => line.Recipient.Details.Urn == 990_004).Recipient.IsOpen);
        Assert.Equal("the SENCO", directory.Find(academy.Recipient.Id)!.Recipient.Details.AskFor);
    }
}
