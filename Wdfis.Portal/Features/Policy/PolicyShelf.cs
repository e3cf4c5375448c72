using System.Collections.Immutable;
using System.Reflection;
using Wdfis.Domain.Policy;

namespace Wdfis.Portal.Features.Policy;

/// <summary>
/// The policy that is in force, for the public page, the call's script and the told-ledger. It ships as a draft; the section
/// <c>Policy</c> says since when a version counts as published, and without that date the page says that it is a draft.
/// </summary>
internal sealed class PolicyShelf
{
    public PolicyShelf(IConfiguration configuration)
    {
        var section = configuration.GetSection("Policy");
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("confidentiality-policy.md")
            ?? throw new InvalidOperationException("The policy's text is missing from the build.");
        using var reader = new StreamReader(resource);
        var number = section["Version"] ?? "";
        if (!PolicyNumber.TryParse(number, out var parsed))
            throw new StartRefused("Configuration is missing Policy:Version, for instance 2026.1.");
        Number = parsed;
        PublishedOn = section.GetValue<DateOnly?>("PublishedOn");
        ReviewOn = section.GetValue<DateOnly?>("ReviewOn");
        Html = PolicyRenderer.ToHtml(reader.ReadToEnd());
        // A draft that callers hear of today counts from the beginning: what was told, was told.
        Versions = [new PolicyVersion(Number, PublishedOn ?? DateOnly.MinValue, MaterialChange: section.GetValue("MaterialChange", true))];
    }

    /// <summary>The version that the script reads and the ledger points at.</summary>
    public PolicyNumber Number { get; }

    /// <summary>Null while it is a draft.</summary>
    public DateOnly? PublishedOn { get; }

    /// <summary>The next yearly review (A1).</summary>
    public DateOnly? ReviewOn { get; }

    /// <summary>The text, rendered so that nothing in it can act.</summary>
    public string Html { get; }

    /// <summary>All versions, for <see cref="ToldState"/>.</summary>
    public ImmutableArray<PolicyVersion> Versions { get; }
}
