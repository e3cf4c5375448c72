using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>How one kind of record becomes bytes and comes back; the version stands inside the bytes.</summary>
internal interface IRecordFormat<T> where T : class
{
    UnitKind Kind { get; }
    byte[] Write(T record);
    T Read(ReadOnlySpan<byte> utf8);
}

/// <summary>For a kind of record that can be searched for: what the board holds of it; null for "not to be found".</summary>
internal interface ISearchCardFormat<T> where T : class
{
    byte[]? WriteCard(T record, Envelope envelope);
}
