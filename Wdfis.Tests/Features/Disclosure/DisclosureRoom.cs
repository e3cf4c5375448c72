using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Disclosure;

/// <summary>A mother, her child, the child's school in the directory, and whatever they agreed to.</summary>
internal sealed record DisclosureRoom(FamilyRoom Room, UnitId Family, Carer Mother, Child Child, Recipient School) : IAsyncDisposable
{
    public const string WhatFor = "so that support can be planned";

    public DisclosureDesk Desk => Room.Get<DisclosureDesk>();
    public Errand Adviser { get; } = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Share);
    public Errand Lead { get; } = StrongroomFixture.For(StrongroomFixture.Lead, Purpose.Share, "window-2");
    public ImmutableArray<PersonId> Both => [Mother.Id, Child.Id];

    public static async Task<DisclosureRoom> Start(string country = "GB", SafeContact? safe = null, string? folder = null)
    {
        var room = await FamilyRoom.Start(folder);
        var mother = room.Carer("Magda", "Testowska") with
        {
            Responsibilities = [new ParentalResponsibility { State = Responsibility.Yes, EvidenceSeen = "birth certificate", SeenOn = room.Today, Source = Source.Record }],
        };
        var child = room.Child("Ola", room.Today.AddYears(-6)) with { Surname = "Testowska", Setting = "Example Primary", SenStage = "sen-support" };
        var school = (await room.Get<RecipientDesk>().Add(FamilyRoom.Adviser, new RecipientDetails { Kind = BodyKind.School, Name = "Example Primary", Country = country },
            [new RecipientContact { Way = ContactWay.Email, Value = "office@school.example.org" }, new RecipientContact { Way = ContactWay.Telephone, Value = "01632 960123" }])).OrThrow();
        return new DisclosureRoom(room, await room.Save(room.Card([mother], [child], safe)), mother, child, school);
    }

    public Task<UnitId> Agreed(PermissionKind kind, params string[] items) => Agreed(kind, Grant(), Both, items);

    public async Task<UnitId> Agreed(PermissionKind kind, Grant grant, ImmutableArray<PersonId> about, params string[] items)
    {
        var terms = PermissionTerms.Create(about, School.Named(), kind, WhatFor, items, ["email", "phone"], Room.Today, Room.Today.AddMonths(59)).OrThrow();
        return (await Room.Get<PermissionDesk>().Record(FamilyRoom.Adviser, Family, terms, grant)).OrThrow().Id;
    }

    public Grant Grant() => new()
    {
        By = Mother.Id,
        Capacity = GrantCapacity.ParentWithResponsibility,
        Evidence = "birth certificate seen",
        How = GivenHow.Spoken,
        TextVersion = PermissionRequest.Version,
        GivenAt = Room.Room.Clock.GetUtcNow(),
    };

    /// <summary>Changes the card as its desk does, as an adviser.</summary>
    public async Task<FamilyAnswer> Standing(Func<FamilyCard, Checked<FamilyCard>> change, Errand? errand = null)
    {
        var answer = await Room.Get<FamilyDesk>().Change(errand ?? Advising, Family, (await Room.Get<Keeper>().Envelope(Family))!.Version, change);
        return errand is null ? Assert.IsType<FamilyAnswer.Done>(answer) : answer;
    }

    public static Errand Advising { get; } = StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.Advise);

    public Competence Found(bool able, CompetenceFor kind = CompetenceFor.Permissions) =>
        new() { Person = Child.Id, For = kind, Able = able, Decision = "whether the school may know", AssessedOn = Room.Today, By = StrongroomFixture.Adviser.Id, Note = "Said it back in her own words." };

    public DisclosureForm Form(OutwardAct act = OutwardAct.Share, Ground? ground = null) => new()
    {
        Id = UnitId.Create(Room.Room.Clock),
        Family = Family,
        Act = act,
        Body = School.Id,
        About = Both,
        Purpose = WhatFor,
        Channel = "email",
        Address = "office@school.example.org",
        Ground = ground ?? new Ground.OnPermission(),
    };

    /// <summary>The form with the ticks of these fields.</summary>
    public async Task<DisclosureForm> Ticked(DisclosureForm form, params string[] fields)
    {
        var offered = (await Desk.Compose(Adviser, form)).Offered;
        return form with { Items = [.. offered.Where(item => fields.Contains(item.Item.FieldId)).Select(item => item.Key)] };
    }

    public Exemption Urgent(ExemptionKind kind = ExemptionKind.X1) => new()
    {
        Id = UnitId.Create(Room.Room.Clock),
        Family = Family,
        AskedBy = StrongroomFixture.Adviser.Id,
        AskedAt = Room.Room.Clock.GetUtcNow(),
        Kind = kind,
        Urgent = true,
        Who = "the child",
        Feared = "harm at home today",
        ToWhom = "the front door",
        WhatIsTold = "what was said on the telephone",
        WhyNow = "they go home at three",
    };

    public Exemption Full(ExemptionKind kind) => Urgent(kind) with
    {
        Urgent = false,
        Hook = kind == ExemptionKind.X2 ? "dpa-sch2-2" : kind == ExemptionKind.X3 ? "dpa-sch2-7" : "ca1989-47",
        Facts = "A letter asks about a claim.",
        Risk = "The claim is not looked into.",
        Necessity = "Only we know the date.",
        Minimum = "The date alone.",
        Prejudice = "The claim would be warned.",
        Matter = "Suspected fraud; the officer named the power.",
        Views = "Not known: asking would warn.",
        RecipientCheck = "We rang the switchboard.",
        WhyNamed = kind == ExemptionKind.X3 ? "The failing is about this child." : null,
        ToldFamily = ToldFamily.NotTold("It would warn.", Room.Today.AddDays(30), Stamp.Now(StrongroomFixture.Adviser.Id, Room.Room.Clock)).OrThrow(),
        ReviewOn = Room.Today.AddDays(30),
    };

    public async Task<Released.Out> Sent(DisclosureForm form)
    {
        var allowed = Assert.IsType<Allowed>((await Desk.Compose(Adviser, form)).Answer);
        return Assert.IsType<Released.Out>(await Desk.Release(Adviser, form, allowed.AsDecided));
    }

    public ValueTask DisposeAsync() => Room.DisposeAsync();
}
