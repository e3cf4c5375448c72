using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;

namespace Wdfis.Domain.Processing;

/// <summary>One purpose as the law has it written down (Article 30; field-guide.md section 11). Drafts for the officer to confirm.</summary>
/// <param name="Purpose">The purpose of the register (D2).</param>
/// <param name="Title">It in a few words.</param>
/// <param name="Basis">The lawful basis (Article 6).</param>
/// <param name="Law">What the basis rests on.</param>
/// <param name="SpecialCondition">The condition for special-category data (Article 9; Data Protection Act 2018, Schedule 1); null where none is used.</param>
/// <param name="NeedsPolicyDocument">True where that condition asks for an appropriate policy document.</param>
/// <param name="Recipients">The kinds of recipient outside the service.</param>
/// <param name="Classes">The classes of the schedule under which what is made for it is kept.</param>
public sealed record ProcessingActivity(
    Purpose Purpose, string Title, LawfulBasis Basis, string Law, string? SpecialCondition, bool NeedsPolicyDocument, string Recipients, ImmutableArray<string> Classes)
{
    /// <summary>The fields of the catalogue that the purpose may ask for.</summary>
    public ImmutableArray<CatalogueField> Fields { get; } = [.. FieldCatalogue.All.Where(field => field.Purposes.Contains(Purpose))];

    /// <summary>The categories of people.</summary>
    public IEnumerable<string> People => Fields.Select(one => one.About).Distinct().Order().Select(about => about switch
    {
        AboutWhom.Person => "parents, carers and others who ask",
        AboutWhom.Child => "children and young people",
        AboutWhom.Other => "others who are named",
        AboutWhom.Service => "colleagues",
    });

    /// <summary>The categories of data, each with how many fields of the catalogue it has.</summary>
    public IEnumerable<string> Data => Fields.GroupBy(one => one.Class).OrderBy(group => group.Key).Select(group => $"{group.Key switch
    {
        FieldClass.Working => "about our own work",
        FieldClass.Personal => "personal",
        FieldClass.AsSpecial => "handled as special category",
        FieldClass.Special => "special category",
        FieldClass.Safety => "keeps somebody safe",
    }} ({group.Count()})");

    /// <summary>The periods of the schedule, a sentence for each class.</summary>
    public IEnumerable<string> Kept(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Classes.Select(code => schedule.Find(code) is { } line ? $"{line.Title}: {line.Period.Words()}{(line.Confirmed ? "" : " (to be confirmed)")}" : $"{code}: not in the schedule");
    }
}

/// <summary>The record of processing activities: a line for each purpose of the register, and nothing that a purpose does not have (D2, D8).</summary>
public static class ProcessingRegister
{
    /// <summary>Where data goes outside the United Kingdom and the EEA.</summary>
    public const string ThirdCountries = "None as a rule: the gate stops it, unless the officer states a safeguard for that one transfer, on record.";

    /// <summary>How it is kept safe, in general (Article 32).</summary>
    public const string Security = "Each record sealed under a key of its own; opened by role, for a stated purpose, on record; a tamper-evident audit; sealed backups; the gate before everything that leaves.";

    private const string Task = "The council's tasks towards families: Childcare Act 2006 s.12, School Standards and Framework Act 1998 s.86, Children and Families Act 2014 s.32";
    private const string Substantial = "Article 9(2)(g), Schedule 1 paragraph 6: statutory purposes";
    private const string Children = "Article 9(2)(g), Schedule 1 paragraph 18: safeguarding of children and of individuals at risk";

    /// <summary>Every purpose but "unknown", in the order of the register.</summary>
    public static ImmutableArray<ProcessingActivity> All { get; } =
    [
        new(Purpose.GiveInformation, "Giving information on childcare, funded hours and activities", LawfulBasis.PublicTask, Task, Substantial, true, "None", [RetentionCodes.FisEnquiry, RetentionCodes.FisAnonymous, RetentionCodes.FamilyCard, RetentionCodes.AskedAbout, RetentionCodes.Draft]),
        new(Purpose.Advise, "Advising a family about its own situation", LawfulBasis.PublicTask, Task, Substantial, true, "None", [RetentionCodes.ChoiceAdviceEnquiry, RetentionCodes.PpLevel1, RetentionCodes.FamilyCard, RetentionCodes.Anonymisation, RetentionCodes.Handling]),
        new(Purpose.CaseWork, "Case work of Parent Partnership and Choice Advice", LawfulBasis.PublicTask, Task, Substantial, true, "None without permission", [RetentionCodes.PpCase, RetentionCodes.FamilyCard]),
        new(Purpose.Share, "Sharing information with a body that the family named", LawfulBasis.PublicTask, $"{Task}; the policy asks for permission besides", Substantial, true, "Schools, nurseries, council teams, health, charities: whom the permission names", [RetentionCodes.Permission, RetentionCodes.Disclosure, RetentionCodes.Finding, RetentionCodes.Recipient]),
        new(Purpose.Contact, "Contacting a body about a family", LawfulBasis.PublicTask, $"{Task}; the policy asks for permission besides", Substantial, true, "Whom the permission names", [RetentionCodes.Permission, RetentionCodes.Disclosure]),
        new(Purpose.RightsRequest, "Answering rights requests", LawfulBasis.LegalObligation, "UK GDPR Articles 12 to 22; Data Protection Act 2018", Substantial, true, "The person themselves", [RetentionCodes.RightsRequest, RetentionCodes.RightsPack, RetentionCodes.Hold]),
        new(Purpose.Safeguarding, "Safeguarding", LawfulBasis.PublicTask, "Children Act 1989 s.47 and s.17, Children Act 2004 s.10 and s.11", Children, true, "Children's social care, the police, emergency services", [RetentionCodes.Exemption, RetentionCodes.Disclosure]),
        new(Purpose.Complaint, "Looking into complaints", LawfulBasis.PublicTask, "Local Government Act 1974 Part III; UK GDPR for complaints about data", Substantial, true, "The ombudsman or the regulator, when they ask", [RetentionCodes.Complaint]),
        new(Purpose.RetentionReview, "Reviewing what is kept", LawfulBasis.LegalObligation, "UK GDPR Article 5(1)(e)", Substantial, true, "None", [RetentionCodes.Hold, RetentionCodes.Disposal]),
        new(Purpose.QualityReview, "Reviewing quality, and the policy", LawfulBasis.PublicTask, Task, Substantial, true, "None", [RetentionCodes.Policy, RetentionCodes.PolicyCopy, RetentionCodes.Audit]),
        new(Purpose.Breach, "Handling personal-data breaches", LawfulBasis.LegalObligation, "UK GDPR Articles 33 and 34", Substantial, true, "The regulator; the people concerned", [RetentionCodes.Breach]),
        new(Purpose.Statistics, "Counting", LawfulBasis.PublicTask, Task, null, false, "Returns without persons", [RetentionCodes.FisAnonymous]),
    ];

    /// <summary>The headings of the record as rows of text, in the order of <see cref="Row"/>.</summary>
    public static ImmutableArray<string> Headings { get; } =
        ["Purpose", "Lawful basis", "Rests on", "Special-category condition", "People", "Data (fields)", "Recipients", "Third countries", "Kept", "Security"];

    /// <summary>One purpose as a row of text. Holds no personal data.</summary>
    public static ImmutableArray<string> Row(ProcessingActivity activity, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return
        [
            activity.Title, activity.Basis.Words(), activity.Law, activity.SpecialCondition ?? "None", Listed(activity.People, "nobody: counts alone"), Listed(activity.Data, "none"),
            activity.Recipients, ThirdCountries, Listed(activity.Kept(schedule), ""), Security,
        ];
    }

    private static string Listed(IEnumerable<string> parts, string none) => string.Join("; ", parts) is { Length: > 0 } text ? text : none;
}
