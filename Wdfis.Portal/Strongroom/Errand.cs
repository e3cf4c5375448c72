using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>Who acts, for what purpose, in which window: what every opening and every act is judged and recorded by.</summary>
internal sealed record Errand(Colleague Who, Purpose Purpose, string Circuit)
{
    /// <summary>Writes down, durably, that it was refused before anything was asked of the keeper; null where nobody could be.</summary>
    public Action<Errand>? Refused { get; init; }
}
