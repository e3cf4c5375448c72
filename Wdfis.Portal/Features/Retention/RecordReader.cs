using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Recipients;
using Wdfis.Domain.Retention;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Retention;

/// <summary>What a record says, by the field catalogue; or why it was not opened. Content: shows nothing of itself.</summary>
internal sealed record RecordReading(ImmutableArray<(string Label, string Words)> Lines, string? Trouble)
{
    public override string ToString() => nameof(RecordReading);
}

/// <summary>Reads a record of any kind for a review, through the keeper: every value that it holds under its field's name.</summary>
internal sealed partial class RecordReader(Keeper keeper)
{
    public async Task<RecordReading> Read(Errand<May.Lead> errand, UnitId unit, CancellationToken cancel = default) => (await keeper.Envelope(unit, cancel))?.Kind switch
    {
        UnitKind.Family => await Read<FamilyCard>(errand, unit, cancel),
        UnitKind.Enquiry => await Read<Enquiry>(errand, unit, cancel),
        UnitKind.Permission => await Read<Permission>(errand, unit, cancel),
        UnitKind.Asked => await Read<AskedAbout>(errand, unit, cancel),
        UnitKind.Anonymisation => await Read<Anonymisation>(errand, unit, cancel),
        UnitKind.Recipient => await Read<Recipient>(errand, unit, cancel),
        UnitKind.Disclosure => await Read<DisclosureRecord>(errand, unit, cancel),
        UnitKind.Exemption => await Read<Exemption>(errand, unit, cancel),
        UnitKind.Finding => await Read<AuthorityFinding>(errand, unit, cancel),
        UnitKind.Handling => await Read<HandlingNote>(errand, unit, cancel),
        UnitKind.HeardOf => await Read<HeardOf>(errand, unit, cancel),
        UnitKind.Hold => await Read<Hold>(errand, unit, cancel),
        UnitKind.Draft or UnitKind.DisposalList or UnitKind.DisposalCertificate => new RecordReading([], "This has a page of its own."),
        null => new RecordReading([], "This record is not there any more."),
        _ => new RecordReading([], "This kind of record cannot be read here. Open its own page."),
    };

    private async Task<RecordReading> Read<T>(Errand errand, UnitId unit, CancellationToken cancel) where T : class
    {
        var (record, _, trouble) = (await keeper.Open<T>(errand, unit, cancel)).Read("This record is not there any more.", "This record was destroyed.", "the information-governance officer");
        return new RecordReading(record is null ? [] : Lines(record), trouble);
    }

    internal static ImmutableArray<(string Label, string Words)> Lines(object record) =>
        [.. FieldItem.Of(record).Select(item => (item.Field.Label, Words: Words(item.Value))).Where(line => line.Words.Length > 0)];

    private static string Words(object value) => value switch
    {
        string text => text,
        bool => "Yes",
        DateOnly on => on.Long(),
        DateTimeOffset at => at.Moment(),
        Birth birth => birth.Match(on => on.Long(), year => year.ToString(CultureInfo.InvariantCulture), due => due is { } on ? $"expected {on.Long()}" : "expected", () => "not known"),
        OtherName name => name.Name,
        ChildFact fact => fact.Words(),
        Enum other => Capitals().Replace(other.ToString(), match => $" {match.Value.ToLowerInvariant()}"),
        _ when Convert.ToString(value, CultureInfo.GetCultureInfo("en-GB")) is { } text && text != value.GetType().Name && text != value.GetType().FullName => text,
        _ => "",
    };

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capitals();
}
