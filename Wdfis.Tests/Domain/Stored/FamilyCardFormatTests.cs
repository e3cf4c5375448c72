using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Storage.Records;
using Wdfis.Tests.Domain.Families;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Families.Card;

namespace Wdfis.Tests.Domain.Stored;

public class FamilyCardFormatTests
{
    private static readonly FamilyCardFormat Format = new();

    private static string Golden(string name) => Path.Combine(Checkout.Root, "Wdfis.Tests", "Domain", "Stored", "Golden", name);

    [Fact]
    public void Card_Arbitrary_ComesBackWhole() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        !Deep.Differences(From(seed), Format.Read(Format.Write(From(seed)))).Any()).QuickCheckThrowOnFailure();

    [Fact]
    public void Deep_CardsThatDiffer_AreToldApart() =>
        Assert.Equal(".<Carers>k__BackingField[0].<Surname>k__BackingField", Assert.Single(Deep.Differences(Plain(), Plain().CorrectCarer(Magda with { Surname = "Testowski" }, Today).OrThrow())));

    [Fact]
    public void Version1_Golden_OpensForEver()
    {
        var file = Golden("family-card-v1.json");
        if (Environment.GetEnvironmentVariable("WDFIS_WRITE_GOLDEN") == "1" && !File.Exists(file))
            File.WriteAllBytes(file, [.. Format.Write(Full()), (byte)'\n']);
        Assert.Empty(Deep.Differences(Full(), Format.Read(File.ReadAllBytes(file))));
    }

    [Fact]
    public void Write_SamePlainCard_WritesTheGoldenBytes() =>
        Assert.Equal(File.ReadAllText(Golden("family-card-v1.json")).TrimEnd(), Encoding.UTF8.GetString(Format.Write(Full())));

    [Fact]
    public void Version1_WithStanding_OpensForEverAndIsWrittenTheSame()
    {
        var file = Golden("family-card-v1-standing.json");
        if (Environment.GetEnvironmentVariable("WDFIS_WRITE_GOLDEN") == "1" && !File.Exists(file))
            File.WriteAllBytes(file, [.. Format.Write(Stood()), (byte)'\n']);
        Assert.Empty(Deep.Differences(Stood(), Format.Read(File.ReadAllBytes(file))));
        Assert.Equal(File.ReadAllText(file).TrimEnd(), Encoding.UTF8.GetString(Format.Write(Stood())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("canary")]
    [InlineData("[\"canary\"]")]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":\"canary\"}")]
    [InlineData("{\"canary\":1}")]
    [InlineData("{\"v\":0,\"canary\":1}")]
    [InlineData("{\"v\":-1}")]
    [InlineData("{\"v\":1,\"checkedOn\":\"2026-11-23\",\"checkedBy\":\"01900000-0000-7000-8000-00000000000a\",\"canary\":1}")]
    [InlineData("{\"v\":1,\"checkedOn\":\"canary\",\"checkedBy\":\"01900000-0000-7000-8000-00000000000a\"}")]
    [InlineData("{\"v\":1,\"checkedOn\":\"2026-11-23\",\"checkedBy\":\"01900000-0000-7000-8000-00000000000a\",\"address\":{\"lines\":\"canary\",\"source\":99}}")]
    public void Read_WhatIsNoCard_IsNamedWithoutContent(string text)
    {
        var e = Assert.Throws<InvalidDataException>(() => Format.Read(Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith("A Family record of format version", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void Read_FlippedOrCutBytes_GiveACardOrTheNamedError() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var r = new Random(seed);
        var bytes = Format.Write(Full());
        bytes[r.Next(bytes.Length)] ^= (byte)(1 << r.Next(8));
        try
        {
            Format.Read(bytes.AsSpan(0, bytes.Length - (r.Next(3) == 0 ? r.Next(bytes.Length) : 0)));
            return true;
        }
        catch (InvalidDataException e)
        {
            return !e.ToString().Contains("Testowska", StringComparison.Ordinal);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AVersionToCome_IsRefused()
    {
        var e = Assert.Throws<InvalidDataException>(() => Format.Read("{\"v\":2,\"more\":true}"u8));
        Assert.Contains("version 2", e.Message, StringComparison.Ordinal);
        Assert.Contains("newer portal", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnOlderVersion_IsBroughtUpStepByStep()
    {
        var lifted = new Lifted().Read("{\"v\":1,\"old\":\"x\"}"u8);
        Assert.Equal("x23", lifted.Name);
        Assert.Equal("y3", new Lifted().Read("{\"v\":2,\"name\":\"y\"}"u8).Name);
        Assert.Equal("z", new Lifted().Read("{\"name\":\"z\",\"v\":3}"u8).Name);
    }

    /// <summary>A card that uses every member, never changed: it is what the golden file of version 1 holds.</summary>
    private static FamilyCard Full()
    {
        var reference = AnonymousReference.Parse("K7-QFM2");
        var card = FamilyCard.Create(
            [
                Magda with
                {
                    Ladder = Ladder.Anonymous(reference).Climb(new(Rung.Named, AgreedHow.Spoken, Now.AddDays(-1), Ada), Now).OrThrow(),
                    Handle = "Mags",
                    KnownAs = [new OtherName("Pr\u00f3bna", OtherNameKind.Maiden)],
                    Birth = new Birth.InYear(1990),
                    Contacts = [new ContactPoint { Kind = ContactKind.Landline, Value = "01632 960123", Note = "Neighbour", SomebodyElses = true, Unsafe = true, Source = Source.FamilyMember }],
                    Responsibilities = [new ParentalResponsibility { Child = Id(2), State = Responsibility.Yes, EvidenceSeen = "Birth certificate", SeenOn = Today, Source = Source.Themselves }],
                },
                new Carer { Id = Id(5), Ladder = Ladder.Handle(AnonymousReference.Parse("2346-79")), Handle = "Robin", Source = Source.Professional },
            ],
            [
                Ola with
                {
                    Surname = "Testowska",
                    Handle = "O.",
                    KnownAs = [new OtherName("\u041e\u043b\u044f", OtherNameKind.Transliterated)],
                    Setting = "Made-up Nursery",
                    SenStage = "sen-support",
                    Facts = [ChildFact.Disability],
                },
                new Child { Id = Id(3), Ladder = Ladder.Named, Birth = new Birth.Expected(new(2027, 2, 4)), Source = Source.Themselves },
            ],
            Today, Ada,
            [
                new CourtOrder
                {
                    Kind = "non-molestation", MadeOn = new(2026, 1, 5), Binds = [Id(5)], OnContact = OrderEffect.Forbids, OnSharing = OrderEffect.Limits, Words = "No contact",
                    CopySeenOn = new(2026, 2, 1), EndsOn = new(2027, 1, 5), Source = Source.Record,
                },
            ],
            new Address { Lines = "1 Made-up Street\nOssett", Postcode = "WF5 9XX", Source = Source.Themselves },
            new Communication { Languages = ["Polish"], Interpreter = "Polish, by telephone", Formats = ["large-print"], Source = Source.Themselves },
            new SafeContact
            {
                Danger = true,
                Ways = [new SafeWay { Channel = ContactChannel.Mobile, Address = "07700 900123", From = new(9, 0), Until = new(15, 30), Note = "Not on Fridays" }],
                Voicemail = true,
                MaySay = "That the library rang",
                SafeWord = "heron",
                UnsafeAddresses = ["01632 960123"],
                NeverDiscloseTo = ["Robin Testowski"],
                ReviewedOn = new(2026, 11, 2),
                SetBy = Ada,
                Source = Source.Themselves,
            }).OrThrow();
        return card.RecordTold([new Telling
        {
            Person = Id(1), Version = new(2026, 2), What = ToldWhat.RightToSeeInformation, How = ToldHow.Interpreter, At = Now, By = Ada, Language = "Polish", Interpreter = true,
        }], Now).OrThrow();
    }

    /// <summary>A card whose people are represented, assessed, restricted and kept from somebody, never changed.</summary>
    private static FamilyCard Stood() => FamilyCard.Create([Magda], [Ola], Today, Ada).OrThrow()
        .SetRepresentatives(
            [
                new Representative
                {
                    Person = Id(1), Who = Id(9), Name = "Jo Sample, Sample Solicitors", Contact = "jo@solicitors.example.org", Capacity = RepresentativeCapacity.Solicitor, Document = "Letter of authority",
                    SeenOn = new(2026, 11, 2), From = new(2026, 10, 1), Until = new(2027, 10, 1), Receives = true, Decides = true, Limits = "The appeal alone", Source = Source.Professional,
                },
                new Representative { Person = Id(2), Who = Id(1), Capacity = RepresentativeCapacity.NominatedSupporter, Source = Source.Themselves },
            ], Today).OrThrow()
        .Assess(new Competence { Person = Id(2), For = CompetenceFor.OwnInformation, Able = true, Decision = "To see what we hold", AssessedOn = new(2026, 11, 3), By = Ada, Note = "Said it back in her own words." }, Today).OrThrow()
        .SetKeptFrom(
            [
                new KeptFrom { Person = Id(2), How = KeptHow.NotNamed, Body = new(Id(30).Value), Name = "Example Primary", SetOn = new(2026, 11, 4), Source = Source.Themselves },
                new KeptFrom { How = KeptHow.NeverTold, Name = "Robin Testowski", SetOn = new(2026, 11, 4), Source = Source.Themselves },
            ], Today).OrThrow()
        .Restrict(Id(1), RestrictionGround.Accuracy, "She says that the address is wrong.", new(Ada, Now), new UnitId(Id(40).Value)).OrThrow()
        .LiftRestriction(Id(1), Today, "By telephone", new(Ada, Now)).OrThrow()
        .Restrict(Id(1), RestrictionGround.Objection, "She objects.", new(Ada, Now)).OrThrow();

    private sealed class Lifted() : VersionedFormat<LiftedDocument, LiftedDocument>(UnitKind.Draft, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<LiftedDocument>)
        System.Text.Json.JsonSerializerOptions.Web.GetTypeInfo(typeof(LiftedDocument)),
        old => new JsonObject { ["name"] = old["old"]!.GetValue<string>() + "2" },
        old => new JsonObject { ["name"] = old["name"]!.GetValue<string>() + "3" })
    {
        protected override LiftedDocument ToDocument(LiftedDocument record) => record;

        protected override LiftedDocument FromDocument(LiftedDocument document) => document;
    }

    private sealed record LiftedDocument(int V, string Name);
}
