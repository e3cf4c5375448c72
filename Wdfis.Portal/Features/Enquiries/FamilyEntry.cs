using System.Collections.Immutable;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;
using Wdfis.Domain.Identifiers;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Portal.Features.Enquiries;

/// <summary>A family entered during a call: the few fields that an enquiry needs (D3). Everything else is asked when a purpose needs it.</summary>
internal static class FamilyEntry
{
    public const string Open = "new-family";
    public const string Forename = "new-forename";
    public const string Surname = "new-surname";
    public const string Telephone = "new-telephone";
    public const string Email = "new-email";
    public const string Child = "new-child";
    public const string Birth = "new-birth";
    public const string Postcode = "new-postcode";

    /// <summary>All fields, to be cleared when the family was entered or the caller wants not to be known.</summary>
    public static ImmutableArray<string> Fields { get; } = [Open, Forename, Surname, Telephone, Email, Child, Birth, Postcode];

    /// <summary>The card, or everything that is wrong with what was typed. Refuses a family without any name.</summary>
    public static Checked<FamilyCard> Read(Call call, Stamp now, TimeProvider clock)
    {
        var born = Wdfis.Domain.Families.Birth.TryParse(call.Text(Birth), out var birth);
        Problem?[] problems =
        [
            call.Text(Forename) is null && call.Text(Surname) is null ? new Problem(Surname, "Enter a name, or choose Anonymous or a name that they choose.") : null,
            call.Text(Telephone) is { } number ? TelephoneNumber.Check(Telephone, number) : null,
            call.Text(Email) is { } mail ? EmailAddress.Check(Email, mail) : null,
            call.Text(Postcode) is { } code && !Wdfis.Domain.Identifiers.Postcode.TryParse(code, out _) ? new Problem(Postcode, "This is not a postcode. They look like WF1 2AB; leave it out when it is not known.") : null,
            born ? null : new Problem(Birth, "This is not a date of birth. Write it as 12/3/2019, or the year alone, or leave it out."),
        ];
        if (problems.OfType<Problem>().Any())
            return Checked<FamilyCard>.From(problems, () => throw new InvalidOperationException());
        var carer = new Carer
        {
            Id = PersonId.Create(clock),
            Ladder = Ladder.Named,
            Forename = call.Text(Forename),
            Surname = call.Text(Surname),
            Contacts =
            [
                .. call.Text(Telephone) is { } telephone ? [Point(TelephoneNumber.Parse(telephone).Digits.StartsWith("07", StringComparison.Ordinal) ? ContactKind.Mobile : ContactKind.Landline, telephone)] : Array.Empty<ContactPoint>(),
                .. call.Text(Email) is { } email ? [Point(ContactKind.Email, email)] : Array.Empty<ContactPoint>(),
            ],
            Source = Source.Themselves,
        };
        Child[] children = call.Text(Child) is null && call.Text(Birth) is null ? [] :
        [
            new Child { Id = PersonId.Create(clock), Ladder = Ladder.Named, Forename = call.Text(Child), Birth = birth, Source = Source.FamilyMember },
        ];
        var address = call.Text(Postcode) is { } postcode ? new Address { Postcode = postcode, Source = Source.Themselves } : null;
        return FamilyCard.Create([carer], children, now.On, now.By, address: address).Match<Checked<FamilyCard>>(
            card => card,
            refused => Checked<FamilyCard>.From(refused.Select(problem => problem with { Field = FieldOf(problem.Field) }), () => throw new InvalidOperationException()));
    }

    /// <summary>What is known so far, to look for the same family on the board.</summary>
    public static FamilyFacts Facts(Call call)
    {
        var born = Wdfis.Domain.Families.Birth.TryParse(call.Text(Birth), out var birth) && birth is Wdfis.Domain.Families.Birth.OnDate on ? on.On : (DateOnly?)null;
        return new FamilyFacts
        {
            Surname = call.Text(Surname),
            Forename = call.Text(Forename),
            Children = call.Text(Child) is null && born is null ? [] : [(call.Text(Child), born)],
            Telephones = TelephoneNumber.TryParse(call.Text(Telephone), out var number) ? [number.Digits] : [],
            Postcode = Wdfis.Domain.Identifiers.Postcode.TryParse(call.Text(Postcode), out var postcode) ? postcode.Canonical : null,
        };
    }

    private static ContactPoint Point(ContactKind kind, string value) => new() { Kind = kind, Value = value, Source = Source.Themselves };

    private static string FieldOf(string field) => field.Split('#')[0] switch
    {
        "family.carer.forename" => Forename,
        "family.carer.surname" => Surname,
        "family.contact.value" or "family.contact.kind" => Telephone,
        "family.child.forename" => Child,
        "family.child.birth" => Birth,
        "family.address.postcode" => Postcode,
        _ => "",
    };
}
