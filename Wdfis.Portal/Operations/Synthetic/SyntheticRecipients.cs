using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Features.Recipients;

namespace Wdfis.Portal.Operations.Synthetic;

/// <summary>
/// A made-up directory for a new Development folder: the council's teams and others outside, and most of the sample of the schools register,
/// one with an older telephone number, so that bringing in the sample has something new, changed and closed to show.
/// </summary>
internal static class SyntheticRecipients
{
    private const string LocalAuthority = "384";

    private static readonly (BodyKind Kind, string Name, string AskFor, int Telephone, bool Urgent, int CheckedDaysAgo)[] Others =
    [
        (BodyKind.SocialCare, "Children's front door", "the duty social worker", 101, true, 20),
        (BodyKind.SocialCare, "Emergency duty team, nights and weekends", "the duty social worker", 102, true, 20),
        (BodyKind.Police, "Synthetic Police, child protection", "the duty sergeant", 103, true, 45),
        (BodyKind.SchoolAdmissions, "School admissions", "an admissions officer", 104, false, 60),
        (BodyKind.SenCasework, "SEN casework, east", "the caseworker", 105, false, 80),
        (BodyKind.SenCasework, "SEN casework, west", "the caseworker", 106, false, 400),
        (BodyKind.EarlyHelp, "Early help hub", "the hub co-ordinator", 107, false, 120),
        (BodyKind.CorporateRequests, "Corporate request desk", "the information officer", 108, false, 30),
        (BodyKind.CouncilTeam, "Education welfare", "an education welfare officer", 109, false, 420),
        (BodyKind.CouncilTeam, "School transport", "the transport officer", 110, false, 90),
        (BodyKind.Nursery, "Tiny Steps Nursery", "the manager", 111, false, 500),
        (BodyKind.Childminder, "Fern Exampleson", "Fern", 112, false, 300),
        (BodyKind.Gp, "Placeholder Surgery", "the practice manager", 113, false, 200),
        (BodyKind.Gp, "Template Medical Centre", "the safeguarding lead", 114, false, 380),
        (BodyKind.Health, "Health visiting, central", "the duty health visitor", 115, false, 70),
        (BodyKind.Hmrc, "HMRC child benefit office", "the compliance team", 116, false, 100),
        (BodyKind.Ofsted, "Ofsted, north", "the applications, regulatory and contact team", 117, false, 100),
        (BodyKind.Voluntary, "Example Parents' Forum", "the co-ordinator", 118, false, 40),
        (BodyKind.Processor, "Specimen Interpreters", "bookings", 119, false, 15),
        (BodyKind.Individual, "Hazel Madeup, independent supporter", "Hazel", 120, false, 10),
    ];

    /// <summary>The sample of the schools register that ships with the portal.</summary>
    public static Stream Sample() => typeof(SyntheticRecipients).Assembly.GetManifestResourceStream("schools-register.csv")!;

    /// <summary>All of them, each with the day on which it was checked last.</summary>
    public static IEnumerable<Recipient> Make(ColleagueId by, TimeProvider clock)
    {
        var now = Stamp.Now(by, clock);
        BodyId Id() => new(UnitId.Create(clock).Value);
        Stamp Ago(int days) => new(by, now.At.AddDays(-days));
        foreach (var (kind, name, ask, telephone, urgent, days) in Others)
        {
            var details = new RecipientDetails { Kind = kind, Name = name, AskFor = ask, Urgent = urgent, ContractUntil = now.On.AddMonths(7), ContractFor = "interpreting on the telephone and at meetings" };
            ImmutableArray<RecipientContact> ways =
            [
                new() { Way = ContactWay.Telephone, Value = $"01632 960{telephone}" },
                new() { Way = ContactWay.Email, Value = $"desk{telephone}@example.org", Note = urgent ? "after the call" : null },
            ];
            yield return Recipient.Create(Id(), details, ways, Ago(days)).OrThrow();
        }
        using var sample = Sample();
        foreach (var (entry, at) in SchoolsRegister.Read(sample, LocalAuthority).Entries.Select((entry, at) => (entry, at)).Where(one => one.entry.Urn != 990_008))
            yield return (at == 1 ? entry with { Telephone = "01632 960299" } : entry).ToRecipient(Id(), Ago(at * 60)).OrThrow();
    }
}
