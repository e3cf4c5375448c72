namespace Wdfis.Domain.Confidentiality;

/// <summary>The register of purposes for which information is used (D2). Numbers are stored: never reuse one.</summary>
public enum Purpose
{
    /// <summary>Nobody has said: never permitted.</summary>
    Unknown = 0,
    /// <summary>Giving information: childcare, funded hours, activities.</summary>
    GiveInformation = 1,
    /// <summary>Advising a family about its own situation.</summary>
    Advise = 2,
    /// <summary>Case work: levels 2 to 4 of Parent Partnership, and Choice Advice cases.</summary>
    CaseWork = 3,
    /// <summary>Sharing information with a named body (U2).</summary>
    Share = 4,
    /// <summary>Contacting a body about a family (U3).</summary>
    Contact = 5,
    /// <summary>Answering a rights request (D6).</summary>
    RightsRequest = 6,
    /// <summary>Safeguarding (X1).</summary>
    Safeguarding = 7,
    /// <summary>Looking into a complaint.</summary>
    Complaint = 8,
    /// <summary>Retention review (D5).</summary>
    RetentionReview = 9,
    /// <summary>Quality review by a lead (A1).</summary>
    QualityReview = 10,
    /// <summary>Handling a personal-data breach.</summary>
    Breach = 11,
    /// <summary>Statistics: envelopes and counts only, never content.</summary>
    Statistics = 12,
}

/// <summary>The three services that WDFIS joins (S1).</summary>
public enum Service
{
    /// <summary>Choice Advice: school admissions and appeals.</summary>
    ChoiceAdvice = 1,
    /// <summary>Families Information.</summary>
    FamiliesInformation = 2,
    /// <summary>Parent Partnership: special educational needs and disabilities.</summary>
    ParentPartnership = 3,
}

/// <summary>What a colleague may be. A person may hold several, each from and until a date.</summary>
public enum Role
{
    /// <summary>Front-line adviser.</summary>
    Adviser = 1,
    /// <summary>Team lead.</summary>
    TeamLead = 2,
    /// <summary>The council's information-governance officer.</summary>
    InformationGovernance = 3,
    /// <summary>A manager who sees counts only.</summary>
    Manager = 4,
}

/// <summary>The kinds of unit that there are. Numbers are stored and sealed into associated data: never reuse one.</summary>
public enum UnitKind
{
    /// <summary>A family card: people, contact, court orders, safe contact, told-ledger.</summary>
    Family = 1,
    /// <summary>An enquiry with its notes.</summary>
    Enquiry = 2,
    /// <summary>A permission with its evidence.</summary>
    Permission = 3,
    /// <summary>Work typed but not yet saved.</summary>
    Draft = 4,
    /// <summary>Somebody asked about a person: asker and words.</summary>
    Asked = 5,
    /// <summary>What remains to be shown after an anonymisation: what was searched and destroyed.</summary>
    Anonymisation = 6,
    /// <summary>A body or person outside, in the directory of recipients. Holds nothing about families.</summary>
    Recipient = 7,
    /// <summary>What the gate answered, what went and what became of it.</summary>
    Disclosure = 10,
    /// <summary>The use of an exemption, or the decision against it, with its evidence.</summary>
    Exemption = 11,
    /// <summary>A lead's finding on whose answer prevails where holders of authority differ.</summary>
    Finding = 12,
    /// <summary>What is made good after something told was not right, or reached the wrong body.</summary>
    Amends = 16,
    /// <summary>Why a family is under special handling, or closed to a colleague.</summary>
    Handling = 20,
    /// <summary>Why disposal of a record, a family or a schedule class is stopped.</summary>
    Hold = 30,
    /// <summary>A list of records to be disposed of, with what was decided. Holds ids, nothing about families.</summary>
    DisposalList = 31,
    /// <summary>The certificate of a disposal. Holds ids and figures, nothing about families.</summary>
    DisposalCertificate = 32,
    /// <summary>What somebody asks of us under data-protection law, and how far we are with it.</summary>
    RightsRequest = 40,
    /// <summary>The answer to a request for what is held: a decision for each item that is not theirs alone, and the sealed copy of what went.</summary>
    RightsPack = 41,
    /// <summary>Somebody of whom others told us, and the word that is owed to them.</summary>
    HeardOf = 42,
    /// <summary>An edition of the policy with the call's script. Holds nothing about families.</summary>
    PolicyEdition = 50,
    /// <summary>A review of the policy. Holds nothing about families.</summary>
    PolicyReview = 51,
    /// <summary>A colleague's word that they have read an edition of the policy.</summary>
    Acknowledgement = 52,
    /// <summary>Somebody asked for a copy of the policy.</summary>
    CopyRequest = 53,
    /// <summary>A version of the retention schedule. Holds nothing about families.</summary>
    Schedule = 35,
    /// <summary>A personal-data breach: what happened, and what was decided and done about it.</summary>
    Breach = 60,
    /// <summary>That a colleague's openings want to be looked at. Holds ids and codes, of families nothing.</summary>
    Alert = 70,
    /// <summary>A lead's look at one month of openings. Holds ids, of families nothing.</summary>
    MonthlyLook = 71,
    /// <summary>Where a colleague lives, to be compared and not read.</summary>
    OwnHome = 72,
}
