using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Storage.Records;

/// <summary>
/// A record as JSON with its version in the member <c>v</c>. Older versions are brought up one step at a time, each by its own
/// up-caster; a newer one is refused, because what it holds more would be lost at the next save.
/// What cannot be read is an <see cref="InvalidDataException"/> that names kind and version, never what the bytes held.
/// </summary>
internal abstract class VersionedFormat<T, TDocument>(UnitKind kind, JsonTypeInfo<TDocument> type, params Func<JsonObject, JsonObject>[] upCasters) : IRecordFormat<T>
    where T : class
    where TDocument : class
{
    public UnitKind Kind { get; } = kind;

    /// <summary>The version written: one more than there are up-casters, the first of which lifts version 1 to 2.</summary>
    protected int Current => upCasters.Length + 1;

    protected abstract TDocument ToDocument(T record);

    protected abstract T FromDocument(TDocument document);

    public byte[] Write(T record) => JsonSerializer.SerializeToUtf8Bytes(ToDocument(record), type);

    public T Read(ReadOnlySpan<byte> utf8)
    {
        var version = 0;
        try
        {
            version = VersionOf(utf8);
            if (version == Current)
                return FromDocument(JsonSerializer.Deserialize(utf8, type)!);
            if (version > Current)
                throw Unreadable(version, "was written by a newer portal");
            if (version >= 1)
                return FromDocument(Lift(JsonNode.Parse(utf8)!.AsObject(), version).Deserialize(type)!);
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            // The reader's own messages quote the text that they stumble over, so neither they nor their causes go on.
        }
        throw Unreadable(version, "cannot be read");
    }

    /// <summary>The value, where the enum knows it; a number of a version to come is a format error.</summary>
    protected static TEnum Known<TEnum>(TEnum value) where TEnum : struct, Enum => Enum.IsDefined(value) ? value : throw new JsonException();

    private InvalidDataException Unreadable(int version, string what) => new($"A {Kind} record of format version {version} {what}.");

    private JsonObject Lift(JsonObject document, int from)
    {
        for (var version = from; version < Current; version++)
        {
            document = upCasters[version - 1](document);
            document["v"] = version + 1;
        }
        return document;
    }

    private static int VersionOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var here = reader.ValueTextEquals("v"u8);
            reader.Read();
            if (here)
                return reader.GetInt32();
            reader.Skip();
        }
        return 0;
    }
}

/// <summary>How records are written: names as stored, nothing that is null, nothing unknown read, enums by name (a family card has them by number).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AcknowledgementV1))]
[JsonSerializable(typeof(AlertV1))]
[JsonSerializable(typeof(AmendsV1))]
[JsonSerializable(typeof(AnonymisationV1))]
[JsonSerializable(typeof(AskedV1))]
[JsonSerializable(typeof(BreachV1))]
[JsonSerializable(typeof(CertificateV1))]
[JsonSerializable(typeof(CopyRequestV1))]
[JsonSerializable(typeof(DisclosureV1))]
[JsonSerializable(typeof(DisposalListV1))]
[JsonSerializable(typeof(EnquiryV1))]
[JsonSerializable(typeof(ExemptionV1))]
[JsonSerializable(typeof(FindingV1))]
[JsonSerializable(typeof(HandlingV1))]
[JsonSerializable(typeof(HeardOfV1))]
[JsonSerializable(typeof(HoldV1))]
[JsonSerializable(typeof(MonthlyLookV1))]
[JsonSerializable(typeof(OwnHomeV1))]
[JsonSerializable(typeof(PermissionV1))]
[JsonSerializable(typeof(PolicyEditionV1))]
[JsonSerializable(typeof(PolicyReviewV1))]
[JsonSerializable(typeof(RecipientV1))]
[JsonSerializable(typeof(RightsPackV1))]
[JsonSerializable(typeof(RightsRequestV1))]
[JsonSerializable(typeof(ScheduleV1))]
internal sealed partial class RecordsJson : JsonSerializerContext;
