using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Families;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>
/// What a colleague is about to do, as typed and ticked (U1–U3). Nothing in it is believed: people, items and recipients are looked up again
/// each time the gate is asked. Content: shows nothing of itself.
/// </summary>
internal sealed record DisclosureForm
{
    /// <summary>The id of the request and of the record that keeps its answer; its day is that of the letter.</summary>
    public required UnitId Id { get; init; }
    /// <summary>The family; null for a general question that came of none.</summary>
    public UnitId? Family { get; init; }
    /// <summary>What is done.</summary>
    public required OutwardAct Act { get; init; }
    /// <summary>The body of the directory; default when the recipient is somebody of the family, or nobody was chosen.</summary>
    public BodyId Body { get; init; }
    /// <summary>Somebody of the family's card to whom it goes; null for a body.</summary>
    public PersonId? Person { get; init; }
    /// <summary>Who is to read it.</summary>
    public string? Attention { get; init; }
    /// <summary>Whom it is about.</summary>
    public ImmutableArray<PersonId> About { get; init; } = [];
    /// <summary>Keys of the items ticked (<see cref="SharedItem.Key"/>).</summary>
    public ImmutableArray<string> Items { get; init; } = [];
    /// <summary>What is written beside the items.</summary>
    public string? Text { get; init; }
    /// <summary>Codes of <see cref="ScopeItems"/> under which that text falls.</summary>
    public ImmutableArray<string> TextScopes { get; init; } = [];
    /// <summary>True when the colleague read what the scan found and says that it is about no family.</summary>
    public bool TextRead { get; init; }
    /// <summary>What for, in the words of the permission.</summary>
    public string Purpose { get; init; } = "";
    /// <summary>Channel code (<c>phone</c>, <c>email</c>, <c>letter</c>…).</summary>
    public string Channel { get; init; } = "";
    /// <summary>The number or address that will be used; empty for handing over.</summary>
    public string? Address { get; init; }
    /// <summary>True when a message would be left, where somebody of the family is rung.</summary>
    public bool Voicemail { get; init; }
    /// <summary>The ground that is claimed.</summary>
    public required Ground Ground { get; init; }
    /// <summary>When it was done, UTC, for a late entry; null when it is about to be done.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    /// <summary>The child whose own confidence it is; null for none.</summary>
    public PersonId? ConfidenceOf { get; init; }
    /// <summary>The draft in which it was typed, destroyed when it is released; default for none.</summary>
    public UnitId Draft { get; init; }

    /// <summary>The amends of which a notice is; null for none.</summary>
    public UnitId? Amends { get; init; }

    /// <summary>True when the text says nothing about anybody: the ground says so, or it gives a provider's facts and leaves out who the parent is (X3).</summary>
    internal bool ProviderAlone => Ground is Ground.NamesNobody || About.IsEmpty && Ground is Ground.UnderExemption { Exemption: { Kind: ExemptionKind.X3, WhyNamed: null } };

    public override string ToString() => nameof(DisclosureForm);

    /// <summary>How the family's own people are reached by a channel code.</summary>
    internal static ContactChannel ChannelOf(string code) => code switch
    {
        "phone" => ContactChannel.Mobile,
        "text" => ContactChannel.Text,
        "email" => ContactChannel.Email,
        "letter" => ContactChannel.Post,
        "visit" or "home-visit" => ContactChannel.Visit,
        _ => ContactChannel.Other,
    };
}

/// <summary>A form as the gate answered it, with the text that would go. Content: shows nothing of itself.</summary>
internal sealed record Composed
{
    /// <summary>The gate's answer; null when there is trouble.</summary>
    public GateAnswer? Answer { get; init; }
    /// <summary>What would go, to the letter.</summary>
    public string Text { get; init; } = "";
    /// <summary>The marking that it carries.</summary>
    public Marking Marking { get; init; } = Marking.Unknown;
    /// <summary>The family's card; null for a general question that came of none.</summary>
    public FamilyCard? Card { get; init; }
    /// <summary>Everything of the record that can be ticked for those it is about.</summary>
    public ImmutableArray<SharedItem> Offered { get; init; } = [];
    /// <summary>What looks like a name, a number or a date of birth in the text.</summary>
    public ImmutableArray<Domain.FreeText.Finding> Findings { get; init; } = [];
    /// <summary>What has to be typed or chosen before the gate can be asked; the gate's own reasons stand in its answer.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];
    /// <summary>Why nothing can be shown at all: the family cannot be opened.</summary>
    public string? Trouble { get; init; }

    /// <summary>What is on record, for the choices that a form offers; null where nothing can be shown.</summary>
    public DisclosureFacts? Facts { get; init; }

    internal Unchanged? Seen { get; init; }
    internal Envelope? FamilyEnvelope { get; init; }
    internal DisclosureRecord? Before { get; init; }
    internal Envelope? BeforeEnvelope { get; init; }

    public override string ToString() => nameof(Composed);
}

/// <summary>What became of a release.</summary>
internal abstract record Released
{
    private Released() { }

    public abstract T Match<T>(Func<Out, T> released, Func<Not, T> not);

    /// <summary>On record, and the way out is open once.</summary>
    internal sealed record Out(DisclosureRecord Record, Outlet Outlet) : Released
    {
        public override T Match<T>(Func<Out, T> released, Func<Not, T> not) => released(this);
        public override string ToString() => nameof(Out);
    }

    /// <summary>Nothing left: what the gate says now, or why it could not be asked.</summary>
    internal sealed record Not(Composed Now, string Words) : Released
    {
        public override T Match<T>(Func<Out, T> released, Func<Not, T> not) => not(this);
        public override string ToString() => nameof(Not);
    }
}
