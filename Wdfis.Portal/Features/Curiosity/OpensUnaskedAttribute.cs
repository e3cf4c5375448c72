namespace Wdfis.Portal.Features.Curiosity;

/// <summary>A page whose address names a family and before which nobody is asked why: it asks in its own service, or opens nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OpensUnaskedAttribute(string because) : Attribute
{
    /// <summary>Why that is right.</summary>
    public string Because { get; } = because;
}
