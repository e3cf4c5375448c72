using System.Collections.Immutable;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>
/// One rule of the gate: its class name is its sentence, and it cites the clauses that it keeps. Rules only ever speak against, ask for a
/// second person, mask or mark; none can make a yes.
/// </summary>
public abstract class DisclosureRule
{
    private protected DisclosureRule(params ImmutableArray<string> clauses)
    {
        Clauses = clauses;
        var words = new StringBuilder();
        foreach (var c in Name)
        {
            if ((char.IsUpper(c) || char.IsDigit(c)) && words.Length > 0 && !(char.IsDigit(c) && words[^1] is 'X' or 'x'))
                words.Append(' ');
            words.Append(words.Length == 0 || c is 'X' ? c : char.ToLowerInvariant(c));
        }
        Sentence = words.Append('.').ToString();
    }

    /// <summary>The class's name; stored with refusals.</summary>
    public string Name => GetType().Name;
    /// <summary>The name as a sentence, for the conformance page.</summary>
    public string Sentence { get; }
    /// <summary>The clauses of policy.md that it keeps; "Article 18" and such where the law alone speaks.</summary>
    public ImmutableArray<string> Clauses { get; }

    internal abstract void Check(Look look);

    /// <summary>The class's name.</summary>
    public sealed override string ToString() => Name;
}

/// <summary>One look of the gate at a request and its facts; rules write into it. Not kept.</summary>
internal sealed class Look(DisclosureRequest request, DisclosureFacts facts, string fingerprint)
{
    private readonly List<GateReason> reasons = [];
    private readonly List<(AuthoriserKind, GateReason)> asks = [];
    private readonly List<AllowedMark> marks = [];
    private readonly List<UnitId> permissions = [];
    private List<PersonId>? maskedPeople;
    private List<int>? maskedItems;
    private DateOnly? signOffDueOn;
    private List<PermissionSearch>? searches;

    public DisclosureRequest Request { get; } = request;
    public DisclosureFacts Facts { get; } = facts;
    public string Fingerprint { get; } = fingerprint;
    public GroundKind Ground { get; } = request.Ground.Kind;
    /// <summary>When the act is or was done.</summary>
    public DateTimeOffset At { get; } = request.DoneAt ?? request.Now.At;
    public DateOnly On { get; } = Calendar.London.DateOf(request.DoneAt ?? request.Now.At);
    public DateOnly Today { get; } = request.Now.On;
    /// <summary>Everybody who is identified: named, or an item is about them. Sorted, each once.</summary>
    public ImmutableArray<PersonId> Subjects { get; } = SubjectsOf(request);
    public bool OnPermission => Ground == GroundKind.Permission;
    public Exemption? Exemption { get; } = (request.Ground as Ground.UnderExemption)?.Exemption;
    /// <summary>Goes at once on five fields: other rules warn and mask, but do not stop it.</summary>
    public bool GoesAtOnce { get; } = request.Ground is Ground.UnderExemption { Exemption: { GoesAtOnce: true } urgent } && !urgent.MissingFive().Any();

    public PersonFacts? Find(PersonId id)
    {
        foreach (var person in Facts.People)
        {
            if (person.Id == id)
                return person;
        }
        return null;
    }

    /// <summary>True for a recipient who is not on the card, and was entered as speaking for somebody on it: an outsider as to safe contact.</summary>
    public bool SpeaksFromOutside(PersonId recipient) => Find(recipient) is null && Facts.People.Any(p => p.Representatives.Any(r => r.Who == recipient));

    /// <summary>What the permissions say for each person and each item about them; looked up once.</summary>
    public List<PermissionSearch> Searches => searches ??= PermissionSearch.All(this);

    public void Refuse(DisclosureRule rule, string sentence, string next, PersonId? about = null)
    {
        var reason = new GateReason(rule, sentence, next, about);
        if (!reasons.Contains(reason))
            reasons.Add(reason);
    }

    public void Ask(DisclosureRule rule, AuthoriserKind who, string sentence, string next)
    {
        if (Request.Approval is { } approval && approval.Covers(Fingerprint, Request.Now.By, Request.Now.At) && (who != AuthoriserKind.Officer || approval.As == Role.InformationGovernance))
            return;
        asks.Add((who, new(rule, sentence, next)));
    }

    public void MaskPerson(PersonId person) => (maskedPeople ??= []).Add(person);
    public void MaskItem(int position) => (maskedItems ??= []).Add(position);
    public void Mark(AllowedMark mark) => marks.Add(mark);
    public void SignOffBy(DateOnly on) => signOffDueOn = on;
    public void RestOn(UnitId permission) => permissions.Add(permission);

    public bool Stands => reasons.Count == 0;
    public bool Waits => asks.Count > 0;

    public Verdict Verdict() => new([.. reasons], [.. asks], maskedPeople is null ? [] : [.. maskedPeople.Distinct().Order(ById)],
        maskedItems is null ? [] : [.. maskedItems.Distinct().Order()], signOffDueOn, [.. marks.Distinct()], [.. permissions.Distinct()]);

    internal static readonly IComparer<PersonId> ById = Comparer<PersonId>.Create((a, b) => a.Value.CompareTo(b.Value));

    internal static ImmutableArray<PersonId> SubjectsOf(DisclosureRequest request)
    {
        var people = new List<PersonId>(request.About.Length + 4);
        foreach (var person in request.About)
            Add(person);
        foreach (var item in request.Items)
        {
            foreach (var person in item.About)
                Add(person);
        }
        people.Sort(ById);
        return [.. people];

        void Add(PersonId person)
        {
            if (!people.Contains(person))
                people.Add(person);
        }
    }
}
