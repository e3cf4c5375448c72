using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Records;

/// <summary>A draft as stored: version 1 is the form's code and a map of fields.</summary>
internal sealed class DraftFormat : IRecordFormat<Draft>
{
    public UnitKind Kind => UnitKind.Draft;

    public byte[] Write(Draft record) =>
        JsonSerializer.SerializeToUtf8Bytes(new DraftDocument(1, record.Form, record.Fields.ToDictionary()), DraftJson.Default.DraftDocument);

    public Draft Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonSerializer.Deserialize(utf8, DraftJson.Default.DraftDocument);
        return document is { V: 1 }
            ? new Draft(document.Form, document.Fields.ToImmutableSortedDictionary(StringComparer.Ordinal))
            : throw new InvalidDataException("A draft of an unknown version.");
    }
}

internal sealed record DraftDocument(int V, string Form, Dictionary<string, string> Fields)
{
    public override string ToString() => nameof(DraftDocument);
}

[JsonSerializable(typeof(DraftDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DraftJson : JsonSerializerContext;
