using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Wdfis.Domain.Recipients;

/// <summary>The countries of ISO 3166-1, two capital letters each (D8). The Crown dependencies and Gibraltar are countries of their own there.</summary>
public static class Countries
{
    /// <summary>Where a recipient is unless somebody says otherwise.</summary>
    public const string UnitedKingdom = "GB";

    private const string Published =
        "AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua & Barbuda|AI Anguilla|AL Albania|AM Armenia|AO Angola|AQ Antarctica|AR Argentina|" +
        "AS American Samoa|AT Austria|AU Australia|AW Aruba|AX Åland Islands|AZ Azerbaijan|BA Bosnia & Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|" +
        "BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BL St Barthelemy|BM Bermuda|BN Brunei|BO Bolivia|BQ Caribbean Netherlands|BR Brazil|" +
        "BS Bahamas|BT Bhutan|BV Bouvet Island|BW Botswana|BY Belarus|BZ Belize|CA Canada|CC Cocos (Keeling) Islands|CD Congo (Democratic Republic)|" +
        "CF Central African Republic|CG Congo|CH Switzerland|CI Côte d'Ivoire|CK Cook Islands|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|" +
        "CV Cabo Verde|CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|" +
        "EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands|FM Micronesia|" +
        "FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|" +
        "GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|GS South Georgia & South Sandwich Islands|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|" +
        "HK Hong Kong|HM Heard Island & McDonald Islands|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man|IN India|" +
        "IO British Indian Ocean Territory|IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|" +
        "KI Kiribati|KM Comoros|KN St Kitts & Nevis|KP North Korea|KR South Korea|KW Kuwait|KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LC St Lucia|" +
        "LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|" +
        "MF St Martin (French part)|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MP Northern Mariana Islands|" +
        "MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NC New Caledonia|" +
        "NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|OM Oman|PA Panama|PE Peru|" +
        "PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PM St Pierre & Miquelon|PN Pitcairn|PR Puerto Rico|PS Palestine|" +
        "PT Portugal|PW Palau|PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|" +
        "SD Sudan|SE Sweden|SG Singapore|SH St Helena|SI Slovenia|SJ Svalbard & Jan Mayen|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|" +
        "SR Suriname|SS South Sudan|ST Sao Tome & Principe|SV El Salvador|SX St Maarten (Dutch part)|SY Syria|SZ Eswatini|TC Turks & Caicos Islands|TD Chad|" +
        "TF French Southern Territories|TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|TR Türkiye|" +
        "TT Trinidad & Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|UM US minor outlying islands|US United States|UY Uruguay|UZ Uzbekistan|" +
        "VA Vatican City|VC St Vincent|VE Venezuela|VG British Virgin Islands|VI US Virgin Islands|VN Vietnam|VU Vanuatu|WF Wallis & Futuna|WS Samoa|YE Yemen|" +
        "YT Mayotte|ZA South Africa|ZM Zambia|ZW Zimbabwe";

    private static readonly FrozenDictionary<string, string> Names = Published.Split('|').ToFrozenDictionary(line => line[..2], line => line[3..], StringComparer.Ordinal);

    /// <summary>Every country with its usual English name, by name.</summary>
    public static ImmutableArray<(string Code, string Name)> All { get; } = [.. Names.Select(line => (line.Key, line.Value)).OrderBy(line => line.Value, StringComparer.Ordinal)];

    /// <summary>True for a code of the list, in capitals.</summary>
    public static bool IsKnown(string? code) => code is not null && Names.ContainsKey(code);

    /// <summary>The usual English name; the code itself when the list does not have it.</summary>
    public static string NameOf(string code) => Names.GetValueOrDefault(code, code);
}
