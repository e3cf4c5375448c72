using Wdfis.Domain.Disclosure;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>What screens call acts, answers, outcomes and marks.</summary>
internal static class DisclosureWords
{
    public static string Words(this OutwardAct act) => act switch
    {
        OutwardAct.Contact => "Contact",
        OutwardAct.GeneralQuestion => "General question",
        OutwardAct.Share => "Share",
        OutwardAct.Raise => "Raise without names",
        OutwardAct.Copy => "Give a copy",
        OutwardAct.Export => "Export a list",
    };

    public static string Words(this DisclosureAnswer answer) => answer switch
    {
        DisclosureAnswer.Allowed => "Allowed",
        DisclosureAnswer.Refused => "Refused",
        DisclosureAnswer.Waiting => "Waits for a second person",
    };

    public static string Mark(this DisclosureAnswer answer) => answer switch
    {
        DisclosureAnswer.Allowed => "good",
        DisclosureAnswer.Refused => "late",
        DisclosureAnswer.Waiting => "due",
    };

    public static string Words(this OutcomeKind kind) => kind switch
    {
        OutcomeKind.SentAsShown => "Sent as shown",
        OutcomeKind.SentChanged => "Sent, but changed",
        OutcomeKind.NotSent => "Not sent",
        OutcomeKind.Reached => "Reached, said as shown",
        OutcomeKind.NoMessageLeft => "Not reached, no message left",
        OutcomeKind.CallBack => "They or we ring back",
    };

    public static string Words(this NoticeKind why) => why switch
    {
        NoticeKind.Withdrawal => "the permission was taken back",
        NoticeKind.Rectification => "it was not right, and was put right",
        NoticeKind.WrongRecipient => "it reached the wrong body",
    };

    public static string Words(this AllowedMark mark) => mark switch
    {
        AllowedMark.LateEntrySameDay => "Entered after it was done, on the same working day.",
        AllowedMark.LateEntryAgreed => "Entered on a later working day; a second person agreed.",
        AllowedMark.SignOffOwed => "It goes at once. The rest of the form and a lead's signature are owed the next working day.",
        AllowedMark.TransferGroundOwed => "It leaves the United Kingdom and the EEA: the officer's transfer ground is owed.",
        AllowedMark.TextReadAndPassed => "The scan found something in the text; it was read, and is about no family.",
    };
}
