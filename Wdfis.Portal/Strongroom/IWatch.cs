using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>Told of what is opened and of what is refused, once it is on record and before the colleague sees anything. It stops nothing.</summary>
internal interface IWatch
{
    Task Opened(Errand errand, Envelope unit, object record);

    Task Refused(Errand errand, Envelope unit, ImmutableArray<RefusalReason> reasons);
}
