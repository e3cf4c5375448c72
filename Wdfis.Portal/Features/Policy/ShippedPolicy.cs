using Wdfis.Domain.Policy;

namespace Wdfis.Portal.Features.Policy;

/// <summary>The plain-English draft that ships with the portal. A draft: nothing shows as published until it was approved.</summary>
internal static class ShippedPolicy
{
    /// <summary>Version of the draft, the same as of the call's script.</summary>
    public static string Version => Script.Draft.Version;

    /// <summary>The text; every clause stands in it once.</summary>
    public static PolicyText Text { get; } = Load();

    private static PolicyText Load()
    {
        using var stream = typeof(ShippedPolicy).Assembly.GetManifestResourceStream("confidentiality-policy.md")
            ?? throw new InvalidOperationException("The portal was built without its policy text.");
        using var reader = new StreamReader(stream);
        return PolicyText.Create(Version, reader.ReadToEnd().ReplaceLineEndings("\n")).OrThrow();
    }
}
