using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>The grounds as they are counted. Numbers are stored: never reuse one.</summary>
public enum GroundKind
{
    /// <summary>Permission (U2, U3).</summary>
    Permission = 1,
    /// <summary>A child-protection issue.</summary>
    X1 = 2,
    /// <summary>A request connected with crime or taxation.</summary>
    X2 = 3,
    /// <summary>Provision that fails legal or quality requirements.</summary>
    X3 = 4,
    /// <summary>To the person themselves or their proved representative.</summary>
    ToThemselves = 5,
    /// <summary>Required by law.</summary>
    RequiredByLaw = 6,
    /// <summary>An adult's life at risk.</summary>
    LifeAtRisk = 7,
    /// <summary>A notice that the law makes us send.</summary>
    NoticeOwed = 8,
    /// <summary>To a processor under contract.</summary>
    UnderContract = 9,
    /// <summary>Nothing about anybody goes, so nothing is needed (U3, last sentence).</summary>
    NamesNobody = 10,
}

/// <summary>Words and counting of grounds.</summary>
public static class GroundKinds
{
    /// <summary>True for the acts of which the policy's text does not speak (policy.md, last paragraphs): counted apart for the yearly review.</summary>
    public static bool IsOutsidePolicyText(this GroundKind kind) => kind switch
    {
        GroundKind.ToThemselves or GroundKind.RequiredByLaw or GroundKind.LifeAtRisk or GroundKind.NoticeOwed or GroundKind.UnderContract => true,
        GroundKind.Permission or GroundKind.X1 or GroundKind.X2 or GroundKind.X3 or GroundKind.NamesNobody => false,
    };

    /// <summary>As in a list: "permission", "child protection (X1)".</summary>
    public static string Words(this GroundKind kind) => kind switch
    {
        GroundKind.Permission => "permission",
        GroundKind.X1 => "child protection (X1)",
        GroundKind.X2 => "crime or taxation (X2)",
        GroundKind.X3 => "failing provision (X3)",
        GroundKind.ToThemselves => "to the person themselves or their representative",
        GroundKind.RequiredByLaw => "required by law",
        GroundKind.LifeAtRisk => "life at risk",
        GroundKind.NoticeOwed => "notice owed",
        GroundKind.UnderContract => "processor under contract",
        GroundKind.NamesNobody => "nothing about anybody",
    };
}

/// <summary>Why a notice is owed. Numbers are stored.</summary>
public enum NoticeKind
{
    /// <summary>A permission was withdrawn.</summary>
    Withdrawal = 1,
    /// <summary>Something was put right (Article 19).</summary>
    Rectification = 2,
    /// <summary>It went to the wrong recipient.</summary>
    WrongRecipient = 3,
}

/// <summary>The ground that is claimed for an outward act: a closed family. The gate says whether it is complete. Shows no content.</summary>
public abstract record Ground
{
    private Ground() { }

    /// <summary>As it is counted.</summary>
    public abstract GroundKind Kind { get; }

    /// <summary>Takes the case that holds.</summary>
    public abstract T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
        Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody);

    /// <summary>The type's name.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>On permission: the gate looks for it among those on record.</summary>
    public sealed record OnPermission : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.Permission;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => onPermission();
    }

    /// <summary>X1, X2, X3, or life at risk: its form says which.</summary>
    public sealed record UnderExemption(Exemption Exemption) : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => Exemption.Kind.Ground();
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => underExemption(Exemption);
    }

    /// <summary>To the person themselves or their proved representative.</summary>
    /// <param name="Person">Whose information it is.</param>
    /// <param name="Proof">What proved who the recipient is: "passport seen", "we rang the number we held".</param>
    public sealed record ToThemselves(PersonId Person, string? Proof) : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.ToThemselves;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => toThemselves(this);
    }

    /// <summary>Required by law: an order of a court, a power that compels. The information-governance officer reads it first.</summary>
    /// <param name="Document">Which order or notice, with its date and number.</param>
    /// <param name="Power">The power: the section of the Act.</param>
    /// <param name="Officer">Who requires it: name and post.</param>
    public sealed record RequiredByLaw(string? Document, string? Power, string? Officer) : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.RequiredByLaw;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => requiredByLaw(this);
    }

    /// <summary>A notice owed to somebody whom we told.</summary>
    /// <param name="Why">Why it is owed.</param>
    /// <param name="Of">The disclosure that told them.</param>
    public sealed record NoticeOwed(NoticeKind Why, UnitId Of) : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.NoticeOwed;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => noticeOwed(this);
    }

    /// <summary>To a processor under contract: an interpreter, IT. The contract stands with the recipient.</summary>
    public sealed record UnderContract : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.UnderContract;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => underContract();
    }

    /// <summary>Nothing about anybody goes: a general question, a matter raised without identifying anybody, counts.</summary>
    public sealed record NamesNobody : Ground
    {
        /// <inheritdoc/>
        public override GroundKind Kind => GroundKind.NamesNobody;
        /// <inheritdoc/>
        public override T Match<T>(Func<T> onPermission, Func<Exemption, T> underExemption, Func<ToThemselves, T> toThemselves, Func<RequiredByLaw, T> requiredByLaw,
            Func<NoticeOwed, T> noticeOwed, Func<T> underContract, Func<T> namesNobody) => namesNobody();
    }
}
