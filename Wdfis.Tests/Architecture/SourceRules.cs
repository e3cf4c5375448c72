using System.Text.RegularExpressions;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Architecture;

/// <summary>
/// What may stand where, read from the sources. Each rule ships with a planted offender, so that a rule which can never fail
/// does not go unnoticed.
/// </summary>
public sealed record SourceRule(string Name, string Pattern, string[] Folders, string[] Allowed, string Offender)
{
    public IEnumerable<string> Breaches() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*", SearchOption.AllDirectories))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Select(file => (Full: file, Name: Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/')))
        .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal) && !file.Name.Contains("/bin/", StringComparison.Ordinal) && !Allowed.Any(allowed => file.Name.StartsWith(allowed, StringComparison.Ordinal)))
        .Where(file => Breaks(File.ReadAllText(file.Full)))
        .Select(file => file.Name);

    public bool Breaks(string source) => Regex.IsMatch(source, Pattern, RegexOptions.Multiline);

    public override string ToString() => Name;
}

public class SourceRuleTests
{
    private static readonly SourceRule[] Rules =
    [
        new("A page with a record's marking says until when it is kept", @"\A(?![\s\S]*<KeptUntil\b)[\s\S]*<MarkingBadge Marking=""[^""]*\b[Ee]nvelope!?\.", ["Wdfis.Portal"],
            ["Wdfis.Portal/Features/Families/FamilyPartPage.razor", "Wdfis.Portal/Features/Anonymity/AnonymisationPage.razor"],
            "<MarkingBadge Marking=\"envelope.Marking\" />"),
        new("Time comes from TimeProvider", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", ["Wdfis.Domain", "Wdfis.Portal"], [],
            "var now = DateTime.UtcNow;"),
        new("Only verbs and the start write to the console", @"\bConsole\.", ["Wdfis.Domain", "Wdfis.Portal"], ["Wdfis.Portal/Operations/", "Wdfis.Portal/Shell/Announcement.cs", "Wdfis.Portal/Program.cs"],
            "Console.WriteLine(name);"),
        new("Only the rendered policy becomes raw HTML", @"\bMarkupString\b", ["Wdfis.Portal"], ["Wdfis.Portal/Features/Policy/PolicyDocument.razor"],
            "@((MarkupString)text)"),
        new("Screens and their services reach content through the keeper alone", @"\b(RecordsContext|KeysContext|SqliteConnection|RecordsFile|KeysFile|DataFolder|WriteLane|KeyRing)\b", ["Wdfis.Portal/Features", "Wdfis.Portal/Components", "Wdfis.Portal/Shell"], [],
            "await using var context = await contexts.CreateDbContextAsync(); RecordsContext records;"),
        new("Nothing outside the strongroom unseals", @"\bSeal\.Open\(|\bDataKey\.Unwrap\(", ["Wdfis.Portal"], ["Wdfis.Portal/Strongroom/", "Wdfis.Portal/Access/SealedRing.cs"],
            "var plain = Seal.Open(key, context, bytes);"),
        new("SQLite's own words stay in Storage/Sqlite and the strongroom", @"\bPRAGMA\b|\bVACUUM\b", ["Wdfis.Portal/Features", "Wdfis.Portal/Access", "Wdfis.Portal/Shell", "Wdfis.Portal/Components", "Wdfis.Domain"], [],
            "Run(\"PRAGMA journal_mode=WAL\");"),
        new("No markup that the content security policy blocks", @"(?<![@\w-])on(click|load|error|change|input|submit|key\w+)\s*=\s*""|<style\b|<script(?![^>]*\bsrc=)", ["Wdfis.Portal"], ["Wdfis.Portal/Features/Policy/PolicyRenderer.cs", "Wdfis.Portal/Features/Disclosure/SheetRenderer.cs"],
            "<button onclick=\"go()\">"),
        new("What leaves leaves through the outlet", @"\bResults\.(File|Bytes|Stream|Text|Content|Json|PhysicalFile|VirtualFile)\(|\bTypedResults\b|\bRazorComponentResult\b|\bResponse\.(Body|BodyWriter|WriteAsync|WriteAsJsonAsync|SendFileAsync)|\bContentDisposition\b|navigator\.clipboard|wdfis\.(copy|print|download)|\bdownload=|\bHtmlRenderer\b",
            ["Wdfis.Portal"], ["Wdfis.Portal/Features/Disclosure/Outlet", "Wdfis.Portal/Features/Disclosure/SheetRenderer.cs", "Wdfis.Portal/Features/Drafts/DraftEndpoint.cs", "Wdfis.Portal/Features/Recipients/ImportEndpoint.cs", "Wdfis.Portal/Features/Policy/PublicPages.cs", "Wdfis.Portal/Features/Statistics/", "Wdfis.Portal/Features/Processing/", "Wdfis.Portal/Access/SignInPace.cs"],
            "return Results.File(bytes, \"text/csv\");"),
        new("A page outside the circuit shows no record", @"\A(?![\s\S]*OpenToAll)[\s\S]*ExcludeFromInteractiveRouting", ["Wdfis.Portal"], ["Wdfis.Portal/Shell/"],
            "@attribute [ExcludeFromInteractiveRouting]\n@attribute [Requires(Entitlement.WorkWithFamilies)]"),
        new("Only the gate makes a yes", @"\bnew (Disclosure\.)?Allowed\(", ["Wdfis.Domain", "Wdfis.Portal"], ["Wdfis.Domain/Disclosure/DisclosureGate.cs", "Wdfis.Domain/Confidentiality/Access.cs"],
            "return new Allowed(request, fingerprint, verdict);"),
        new("Log lines are templates, never text put together", @"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(\s*\$""", ["Wdfis.Portal"], [],
            "log.LogWarning($\"Could not save {name}\");"),
        new("Nothing is put into browser storage but the choice of keys", @"localStorage|sessionStorage|ProtectedLocalStorage|ProtectedSessionStorage|PersistentComponentState|\[PersistentState|SupplyParameterFromPersistentComponentState", ["Wdfis.Portal"], [],
            "await storage.SetAsync(\"draft\", text); // ProtectedLocalStorage"),
        new("No names of helpers, managers or utilities", @"\b(class|record|struct|interface) \w*(Helper|Manager|Util|Utils|Utilities)\b", ["Wdfis.Domain", "Wdfis.Portal"], [],
            "internal static class DateHelper"),
        // An exception says why on the element: a search, one word or line that is asked and answered in one breath, what the page filled in, what must not stand in the clear.
        new("What is typed into a form is kept as a draft", @"<(?<typed>textarea|input)\b(?=[^<]*@bind)(?![^<]*(type=""(date|datetime-local|checkbox|radio)""|data-undrafted=""(search|one word|one line|filled in|never in the clear)""))(?:(?![^<]*\bname=)|(?<!data-draft=[\s\S]*)(?![\s\S]*data-draft=))", ["Wdfis.Portal"], [],
            "<section data-draft=\"@Typed.Id\"><textarea maxlength=\"2000\" @bind=\"learnt\"></textarea></section>"),
        new("The descriptor of a marking and the bank holidays come from the settings", @"\.OfficialSensitive\(""|\bBankHolidays\.Published\b", ["Wdfis.Domain", "Wdfis.Portal"], ["Wdfis.Domain/Calendar/BankHolidays.cs"],
            "Marking = Marking.OfficialSensitive(\"PERSONAL\")"),
    ];

    public static TheoryData<string> Names => [.. Rules.Select(rule => rule.Name)];

    private static SourceRule Rule(string name) => Rules.Single(rule => rule.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Sources_OfThisRule_HaveNoBreach(string name) => Assert.Empty(Rule(name).Breaches());

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_PlantedOffender_IsFound(string name) => Assert.True(Rule(name).Breaks(Rule(name).Offender));

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_ItsFolders_HoldSources(string name) =>
        Assert.All(Rule(name).Folders, folder => Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.*", SearchOption.AllDirectories)));

    [Fact]
    public void Properties_TriedTenThousandTimesInEveryRun_AreThirtyAtLeast()
    {
        var held = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "Wdfis.Tests"), "*.cs", SearchOption.AllDirectories)
            .Sum(file => Regex.Count(File.ReadAllText(file), @"\)\.Hold\(\);"));
        Assert.True(held >= 30, $"{held} properties");
        Assert.Equal(Environment.GetEnvironmentVariable("WDFIS_CASES") ?? "10000", $"{Properties.Cases}");
    }
}
