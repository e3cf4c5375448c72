namespace Wdfis.Domain.Audit;

/// <summary>What an audit entry says was done. Numbers are hashed into the chain: never change or reuse one.</summary>
public enum AuditAction
{
    /// <summary>A colleague opened one unit for one purpose; covers the circuit's next 15 minutes with it.</summary>
    Opened = 1,
    /// <summary>A search settled; the units are those whose rows were shown, 25 at most. What was typed is never kept.</summary>
    Found = 2,
    /// <summary>A unit was saved; the content hash is that of its new sealed bytes.</summary>
    Saved = 3,
    /// <summary>A unit was made.</summary>
    Created = 4,
    /// <summary>Something was asked and refused, with the reason.</summary>
    Refused = 5,
    /// <summary>Somebody asked about a person (U1).</summary>
    Asked = 6,
    /// <summary>A person was told of the policy or a right (C1, C3).</summary>
    Told = 7,
    /// <summary>Something was printed.</summary>
    Printed = 8,
    /// <summary>Figures were counted from envelopes, without opening content.</summary>
    Counted = 9,
    /// <summary>A record was opened in an emergency, against the ordinary decision.</summary>
    BreakGlass = 10,
    /// <summary>An enquiry was closed.</summary>
    Closed = 11,
    /// <summary>A closed enquiry was opened again.</summary>
    Reopened = 12,
    /// <summary>Two cards of one family were joined: of the entry that names two families, the second became part of the first.</summary>
    Joined = 14,

    /// <summary>A colleague signed in.</summary>
    SignedIn = 20,
    /// <summary>A colleague signed out, or was signed out.</summary>
    SignedOut = 21,
    /// <summary>A colleague's roles changed.</summary>
    RoleChanged = 22,
    /// <summary>Who may see a family changed: special handling set, reviewed or lifted, a conflict declared or settled.</summary>
    NeedToKnowChanged = 23,

    /// <summary>A unit is about to be erased: durable before its key is destroyed.</summary>
    ErasureIntended = 30,
    /// <summary>A unit's key and rows are gone.</summary>
    Erased = 31,
    /// <summary>Start-up recovery finished what a stop had interrupted.</summary>
    Recovered = 32,
    /// <summary>A hold was placed: keeping goes on (D5).</summary>
    HoldPlaced = 33,
    /// <summary>A hold was lifted.</summary>
    HoldLifted = 34,
    /// <summary>A keep-until date was decided by a person, not worked out.</summary>
    KeepUntilChanged = 35,
    /// <summary>A disposal was approved by a second person.</summary>
    DisposalApproved = 36,
    /// <summary>A person or record was made anonymous (C2).</summary>
    Anonymised = 37,
    /// <summary>Something was decided about a disposal list: prepared, decided about, handed over, sent back, aborted, begun.</summary>
    DisposalDecided = 38,
    /// <summary>A disposal ended with its certificate, whose hash is beside (D5).</summary>
    Disposed = 29,
    /// <summary>Keep-until dates were worked out anew: by a version of the schedule, which is then named in place of the records.</summary>
    Recounted = 39,

    /// <summary>A permission was recorded or renewed (U2, U3).</summary>
    PermissionGiven = 40,
    /// <summary>A permission was refused, withdrawn or revoked.</summary>
    PermissionEnded = 41,
    /// <summary>The gate was asked for a disclosure.</summary>
    DisclosureAsked = 42,
    /// <summary>Something left through the gate.</summary>
    Disclosed = 43,
    /// <summary>The gate stopped a disclosure.</summary>
    DisclosureStopped = 44,
    /// <summary>An exemption or other ground was relied on (X1 to X3).</summary>
    GroundReliedOn = 45,
    /// <summary>A second person approved or declined.</summary>
    SignedOff = 46,
    /// <summary>A list of envelopes left as a file, with these in it.</summary>
    Exported = 47,

    /// <summary>A rights request was received (D6).</summary>
    RightsRequested = 50,
    /// <summary>A rights request was answered or refused.</summary>
    RightsAnswered = 51,
    /// <summary>Something held was corrected (D4).</summary>
    Rectified = 52,
    /// <summary>Processing was restricted, or the restriction lifted.</summary>
    RestrictionChanged = 53,
    /// <summary>A breach was recorded or moved on.</summary>
    BreachRecorded = 54,

    /// <summary>A version of the policy or a setting was approved or published (A1).</summary>
    PolicyChanged = 60,

    /// <summary>A new epoch begins: signed, and naming both heads.</summary>
    EpochOpened = 80,
    /// <summary>A head was signed and sent to the second place.</summary>
    HeadSigned = 81,
    /// <summary>A yearly segment was closed with a signed head.</summary>
    SegmentClosed = 82,
    /// <summary>The storage was brought to a newer shape.</summary>
    Migrated = 83,
    /// <summary>Synthetic families were made.</summary>
    Seeded = 84,
    /// <summary>The whole store was verified.</summary>
    VerifiedNow = 85,
    /// <summary>A backup was taken.</summary>
    BackedUp = 86,
    /// <summary>A backup was restored.</summary>
    Restored = 87,
    /// <summary>A key was changed for a new one.</summary>
    KeyRotated = 88,
    /// <summary>Somebody looked into the audit; the unit is what they looked for, a record or a colleague.</summary>
    AuditRead = 89,
    /// <summary>Years of the audit whose time was over were dropped whole: signed, with what they were (D5).</summary>
    SegmentDropped = 90,
    /// <summary>Says again, when its year is dropped, as what a unit that stays was last saved.</summary>
    SegmentCarried = 91,
    /// <summary>Somebody asked for years of the audit to be dropped; the content hash is that of their last entry.</summary>
    SegmentAsked = 92,
    /// <summary>Somebody else agreed to that.</summary>
    SegmentAgreed = 93,
}
