using System.Collections.Immutable;

namespace Wdfis.Domain.Retention;

/// <summary>From which day a period is counted. Numbers are stored: never reuse one.</summary>
public enum RetentionTrigger
{
    /// <summary>The day on which the record closes.</summary>
    Closure = 1,
    /// <summary>The last contact, or the day of opening when there was none since.</summary>
    LastContact = 2,
    /// <summary>The 31 March that ends the financial year in which the record closes.</summary>
    EndOfFinancialYearOfClosure = 3,
    /// <summary>The 31 August that ends the school year in which the record closes.</summary>
    EndOfSchoolYearOfClosure = 4,
    /// <summary>The birth of the youngest child; the day that results is rounded up to the 31 August that follows.</summary>
    YoungestChildBirth = 5,
    /// <summary>The day on which what the record is about ends: a permission's last day.</summary>
    End = 6,
    /// <summary>The day on which the record is made.</summary>
    Opening = 7,
}

/// <summary>What happens to a record of a class when its time has come.</summary>
public enum DisposalAction
{
    /// <summary>It is destroyed.</summary>
    Destroy = 1,
    /// <summary>It is destroyed, and its coded statistic, which is about nobody, stays.</summary>
    AnonymiseAndKeepStatistic = 2,
    /// <summary>It is passed on to the body named in the source, then destroyed here.</summary>
    PassOn = 3,
}

/// <summary>
/// One line of the retention schedule (D5; field-guide.md section 4). Bound from configuration; <see cref="Schedule.Check"/> says what is
/// wrong with it. Holds nothing about families.
/// </summary>
public sealed record RetentionClass
{
    /// <summary>The code that records carry, in small letters, digits and hyphens: <c>fis-enquiry</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is kept, in the plural and as the sentence uses it: "Families Information enquiries".</summary>
    public required string Title { get; init; }

    /// <summary>From which day the period counts.</summary>
    public required RetentionTrigger Trigger { get; init; }

    /// <summary>How long.</summary>
    public required RetentionPeriod Period { get; init; }

    /// <summary>What happens then.</summary>
    public required DisposalAction Action { get; init; }

    /// <summary>True for a simple class: its disposal lists are approved as a whole after a sample was opened, without cooling off (D5).</summary>
    public required bool ShortRoad { get; init; }

    /// <summary>Where the period comes from: a statute, a published schedule, a local decision.</summary>
    public required string Source { get; init; }

    /// <summary>False while the council has yet to confirm the period: screens say "to be confirmed".</summary>
    public bool Confirmed { get; init; }

    /// <summary>The first day on which this line counts.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The version of the schedule in which this line last changed.</summary>
    public int Since { get; init; } = 1;
}

/// <summary>The codes of the classes that the portal's own records carry: a schedule has a line for each.</summary>
public static class RetentionCodes
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        FisEnquiry, FisAnonymous, ChoiceAdviceEnquiry, PpLevel1, PpCase, FamilyCard, Permission, AskedAbout,
        Disclosure, Finding, Exemption, Complaint, RightsRequest, RightsPack, Breach, Anonymisation, Handling, Hold, Disposal, Recipient, Policy, PolicyCopy, Draft, Audit,
    ];

    /// <summary>A Families Information enquiry of somebody known.</summary>
    public const string FisEnquiry = "fis-enquiry";
    /// <summary>A Families Information enquiry of somebody anonymous, also a quick one.</summary>
    public const string FisAnonymous = "fis-anonymous";
    /// <summary>A Choice Advice enquiry.</summary>
    public const string ChoiceAdviceEnquiry = "choice-advice-enquiry";
    /// <summary>A Parent Partnership enquiry that never rose above level 1.</summary>
    public const string PpLevel1 = "pp-level1";
    /// <summary>A Parent Partnership case: level 2 and up.</summary>
    public const string PpCase = "pp-case";
    /// <summary>A family card.</summary>
    public const string FamilyCard = "family-card";
    /// <summary>A permission with its evidence.</summary>
    public const string Permission = "permission";
    /// <summary>Somebody asked about a person.</summary>
    public const string AskedAbout = "asked-about";
    /// <summary>What went to somebody outside, or was refused, with the gate's answer.</summary>
    public const string Disclosure = "disclosure";
    /// <summary>A lead's finding on whose answer prevails.</summary>
    public const string Finding = "finding";
    /// <summary>The record of an exemption used.</summary>
    public const string Exemption = "exemption";
    /// <summary>A complaint.</summary>
    public const string Complaint = "complaint";
    /// <summary>A rights request.</summary>
    public const string RightsRequest = "rights-request";
    /// <summary>The sealed copy of an answer to a rights request.</summary>
    public const string RightsPack = "rights-pack";
    /// <summary>The record of a personal-data breach.</summary>
    public const string Breach = "breach";
    /// <summary>What an anonymisation searched and destroyed.</summary>
    public const string Anonymisation = "anonymisation";
    /// <summary>An edition or a review of the policy, and who acknowledged it.</summary>
    public const string Policy = "policy";
    /// <summary>Somebody asked for a copy of the policy.</summary>
    public const string PolicyCopy = "policy-copy";
    /// <summary>Why access to a family was limited.</summary>
    public const string Handling = "handling";
    /// <summary>The record of a hold.</summary>
    public const string Hold = "hold";
    /// <summary>A disposal list or its certificate.</summary>
    public const string Disposal = "disposal";
    /// <summary>An entry of the directory of recipients.</summary>
    public const string Recipient = "recipient";
    /// <summary>Work typed but not saved.</summary>
    public const string Draft = "draft";
    /// <summary>A year's segment of the audit log.</summary>
    public const string Audit = "audit";
}
