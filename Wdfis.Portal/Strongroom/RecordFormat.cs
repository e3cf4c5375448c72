using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Strongroom;

/// <summary>How one kind of record becomes bytes and comes back; the version stands inside the bytes.</summary>
internal interface IRecordFormat<T> where T : class
{
    UnitKind Kind { get; }
    byte[] Write(T record);
    T Read(ReadOnlySpan<byte> utf8);

    /// <summary>The record with ids in the place of others, wherever it names them: as stored, an id is one text of its own.</summary>
    T Renamed(T record, IReadOnlyDictionary<Guid, Guid> ids)
    {
        var plain = Write(record);
        try
        {
            return Read(Encoding.UTF8.GetBytes(ids.Aggregate(Encoding.UTF8.GetString(plain), (text, id) => text.Replace($"\"{id.Key:D}\"", $"\"{id.Value:D}\"", StringComparison.Ordinal))));
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>For a kind of record that can be searched for: what the board holds of it; null for "not to be found".</summary>
internal interface ISearchCardFormat<T> where T : class
{
    byte[]? WriteCard(T record, Envelope envelope);
}
