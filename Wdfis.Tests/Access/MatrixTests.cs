using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access;

/// <summary>Who may do what, proved twice: as written down for everybody to read, and by real requests that are refused.</summary>
[Collection(nameof(Chromium))]
public partial class MatrixTests(Chromium chromium)
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    private static readonly (string Path, Entitlement Needs)[] Pages = [.. typeof(RequiresAttribute).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<RequiresAttribute>() is not null)
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, type.GetCustomAttribute<RequiresAttribute>()!.Entitlement)))
        .OrderBy(page => page.Template, StringComparer.Ordinal)];

    /// <summary>Every page with an address that can be asked for.</summary>
    internal static readonly (string Path, Entitlement Needs)[] Addresses = [.. Pages.Select(page => (Parameter().Replace(page.Path, "01234567-89ab-7def-8123-456789abcdef"), page.Needs))];

    /// <summary>What is asked for without a page.</summary>
    private static readonly (HttpMethod Method, string Path, Entitlement Needs)[] Plain = [.. HeaderTests.Built()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && Needs(endpoint) is not null)
        .Select(endpoint => (HeaderTests.Address(endpoint).Method, HeaderTests.Address(endpoint).Path, Needs(endpoint)!.Value))];

    private static Entitlement? Needs(Endpoint endpoint) => Enum.GetValues<Entitlement>().Where(entitlement => endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
        .Any(data => data.Policy == RequiresAttribute.PolicyOf(entitlement))).Select(entitlement => (Entitlement?)entitlement).SingleOrDefault();

    internal static Colleague As(Role role) => new(new ColleagueId(new Guid("00000000-0000-7000-8000-000000000099")), role.ToString(), [role], [.. Enum.GetValues<Service>()]);

    private static bool Opens(Role role, Purpose purpose, UnitKind kind, Func<AccessFacts, AccessFacts>? change = null)
    {
        var facts = new AccessFacts { Who = As(role), Purpose = purpose, Unit = new UnitId(Guid.CreateVersion7()), Kind = kind, Marking = Marking.Official, State = "open" };
        return AccessDecision.Decide(change?.Invoke(facts) ?? facts) is AccessDecision.Allowed;
    }

    // What makes the difference where the record itself does not open.
    private static readonly (string Word, Func<AccessFacts, AccessFacts> Change)[] Conditions =
    [
        ("its own", facts => facts with { Own = true }),
        ("named by an open request", facts => facts with { NamedByRequest = true }),
        ("named by an open breach", facts => facts with { NamedByBreach = true }),
        ("while it waits", facts => facts with { State = AccessDecision.WaitsForSecond }),
        ("a new one", facts => facts with { State = "" }),
    ];

    private static readonly (string Word, Func<AccessFacts, AccessFacts> Change)[] Closures =
    [
        ("under special handling, not assigned", facts => facts with { SpecialHandling = true }),
        ("under special handling, assigned", facts => facts with { SpecialHandling = true, Assigned = true }),
        ("under special handling, opened in an emergency", facts => facts with { SpecialHandling = true, Emergency = true }),
        ("processing restricted, opened in an emergency", facts => facts with { Restricted = true, Emergency = true }),
        ("declared conflict, opened in an emergency", facts => facts with { Conflict = true, Emergency = true }),
        ("declared conflict", facts => facts with { Conflict = true, Assigned = true }),
        ("processing restricted", facts => facts with { Restricted = true }),
    ];

    private static string Cell(Role role, Purpose purpose, UnitKind kind) => Opens(role, purpose, kind) ? "yes"
        : Conditions.Where(condition => Opens(role, purpose, kind, condition.Change)).Select(condition => condition.Word).ToList() is { Count: > 0 } words ? string.Join(", ", words) : "–";

    private static string Written()
    {
        var text = new StringBuilder("# Who may do what\n\nA test writes this file (`WDFIS_WRITE_DOCS=1`) from the role table, the pages, the services and the access decision, and fails when it differs. What is not in it is refused.\n");
        void Table(string title, string first, IEnumerable<(string Row, Func<Role, string> Cell)> rows)
        {
            text.Append($"\n## {title}\n\n| {first} | {string.Join(" | ", Roles)} |\n|---|{string.Concat(Roles.Select(_ => "---|"))}\n");
            foreach (var (row, cell) in rows)
                text.Append($"| {row} | {string.Join(" | ", Roles.Select(cell))} |\n");
        }
        static Func<Role, string> May(Entitlement entitlement) => role => As(role).May(entitlement) ? "yes" : "–";
        Table("Entitlements", "Entitlement", Enum.GetValues<Entitlement>().Select(entitlement => (entitlement.ToString(), May(entitlement))));
        Table("Pages", "Page", Pages.Select(page => ($"`{page.Path}`", May(page.Needs))));
        Table("Services", "Method", ServiceGuardTests.Methods.Select(method => (Row: $"`{method.Method.DeclaringType!.Name}.{method.Method.Name}`", method.Needs)).Distinct()
            .OrderBy(method => method.Row, StringComparer.Ordinal).Select(method => (method.Row, May(method.Needs))));
        text.Append("\n# Which records open\n\n*Its own*: made by the colleague just now, or their draft. *Named by an open request* or *breach*: an open rights request or an open breach names it. *While it waits*: for a second person. *A new one*: only to make it.\n");
        foreach (var alike in Enum.GetValues<UnitKind>().GroupBy(kind => string.Join('|', Enum.GetValues<Purpose>().SelectMany(purpose => Roles.Select(role => Cell(role, purpose, kind))))))
            Table(string.Join(", ", alike), "Purpose", Enum.GetValues<Purpose>().Select(purpose => (purpose.ToString(), (Func<Role, string>)(role => Cell(role, purpose, alike.First())))));
        text.Append("\n# What closes a family all the same\n");
        foreach (var purpose in (Purpose[])[Purpose.Advise, Purpose.Safeguarding, Purpose.RightsRequest])
            Table($"For {purpose}", "Family", Closures.Select(closure => (closure.Word, (Func<Role, string>)(role => Opens(role, purpose, UnitKind.Family, closure.Change) ? "yes" : "–"))));
        return text.ToString();
    }

    [Fact]
    public void Matrix_Committed_IsWhatTheRulesSay()
    {
        var file = Path.Combine(Checkout.Root, "docs", "security", "access-matrix.md");
        var written = Written();
        if (Environment.GetEnvironmentVariable("WDFIS_WRITE_DOCS") == "1")
            File.WriteAllText(file, written);
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == written,
            "docs/security/access-matrix.md differs from the rules: run the tests with WDFIS_WRITE_DOCS=1 and look at the difference.");
    }

    /// <summary>Open work opens for its own purpose: of everything about families, the officer reads for a request what a request names, for a breach what a breach names.</summary>
    [Fact]
    public void OpenWork_OpensForItsOwnPurposeAlone()
    {
        UnitKind[] kinds = [UnitKind.Family, UnitKind.Enquiry, UnitKind.Permission, UnitKind.Disclosure, UnitKind.Exemption, UnitKind.Finding, UnitKind.Amends, UnitKind.Asked, UnitKind.Anonymisation, UnitKind.HeardOf];
        foreach (var (kind, purpose, byRequest, byBreach) in from kind in kinds from purpose in Enum.GetValues<Purpose>() from byRequest in (bool[])[false, true] from byBreach in (bool[])[false, true] select (kind, purpose, byRequest, byBreach))
        {
            Assert.Equal((kind, purpose, byRequest, byBreach, purpose == Purpose.RightsRequest && byRequest || purpose == Purpose.Breach && byBreach),
                (kind, purpose, byRequest, byBreach, Opens(Role.InformationGovernance, purpose, kind, facts => facts with { NamedByRequest = byRequest, NamedByBreach = byBreach })));
        }
    }

    [Theory]
    [InlineData(Role.Adviser)]
    [InlineData(Role.TeamLead)]
    [InlineData(Role.InformationGovernance)]
    [InlineData(Role.Manager)]
    public async Task Pages_AskedForByARealRequest_OpenToTheirRolesAlone(Role role)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(chromium.Portal.Address) };
        async Task<(HttpStatusCode, string?)> Ask(string path, HttpMethod? method = null)
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, path));
            return (answer.StatusCode, answer.Headers.Location is { } to ? new Uri(client.BaseAddress, to).AbsolutePath : null);
        }
        Assert.All(Addresses, page => Assert.DoesNotContain('{', page.Path));
        foreach (var (path, _) in Addresses)
            Assert.Equal((path, (HttpStatusCode.Redirect, "/sign-in")), (path, await Ask(path)));
        foreach (var (method, path, _) in Plain)
            Assert.True(await Ask(path, method) is (HttpStatusCode.Redirect, "/sign-in") or (HttpStatusCode.Unauthorized, null), path);
        await client.SignIn(role);
        foreach (var (method, path, needs) in Plain)
            Assert.Equal((path, !As(role).May(needs)), (path, await Ask(path, method) is (HttpStatusCode.Redirect, "/refused") or (HttpStatusCode.Forbidden, null)));
        foreach (var (path, needs) in Addresses)
            Assert.Equal((path, As(role).May(needs) ? (HttpStatusCode.OK, null) : (HttpStatusCode.Redirect, (string?)"/refused")), (path, await Ask(path)));
    }

    /// <summary>Pages, and whatever else answers: an entitlement, a reason why it is for everybody, or one of these, which ask only who is signed in.</summary>
    [Fact]
    public void Endpoints_OfThePortal_DeclareWhoMayAskThem()
    {
        Assert.Superset(new HashSet<string>(["/statistics.csv", "/drafts/01234567-89ab-7def-8123-456789abcdef", "/recipients/register"]), Plain.Select(endpoint => endpoint.Path).ToHashSet());
        Assert.Equal(["/_blazor", "/_blazor/disconnect", "/_blazor/initializers", "/_blazor/negotiate", "/_framework/opaque-redirect", "/session", "/sign-out"], HeaderTests.Built()
            .Where(endpoint => Needs(endpoint) is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => HeaderTests.Address(endpoint).Path.TrimEnd('/')).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A unit of each kind, as it is stored, asked for in each role and for each purpose: what the matrix says.</summary>
    [Fact]
    public async Task Records_OfEachKind_OpenAsTheMatrixSays()
    {
        await using var room = await StrongroomFixture.Start();
        async Task<UnitId> Plant(UnitKind kind, string state = "open", UnitId? by = null)
        {
            var unit = await room.Save("planted");
            if (by is { } work)
                Assert.IsType<Outcome.Done>(await room.Do(StrongroomFixture.Lead, AuditAction.HoldPlaced, new Bind(work, unit, null)));
            Disk.Run(room, "records.db", $"UPDATE unit SET kind={(int)kind}, state='{state}' WHERE id=$id", unit);
            return unit;
        }
        var (request, breach) = (await Plant(UnitKind.RightsRequest), await Plant(UnitKind.Breach));
        var (asked, opened) = (0, 0);
        foreach (var kind in Enum.GetValues<UnitKind>())
        {
            foreach (var (unit, change) in new (UnitId, Func<AccessFacts, AccessFacts>)[]
            {
                (await Plant(kind), facts => facts),
                (await Plant(kind, AccessDecision.WaitsForSecond), facts => facts with { State = AccessDecision.WaitsForSecond }),
                (await Plant(kind, by: request), facts => facts with { NamedByRequest = true }),
                (await Plant(kind, by: breach), facts => facts with { NamedByBreach = true }),
            })
            {
                foreach (var (role, purpose) in from role in Roles from purpose in Enum.GetValues<Purpose>() select (role, purpose))
                {
                    var opens = room.Keeper.MayOpen(new Errand(As(role), purpose, "matrix"), unit) is AccessDecision.Allowed;
                    Assert.Equal((kind, role, purpose, Opens(role, purpose, kind, change)), (kind, role, purpose, opens));
                    (asked, opened) = (asked + 1, opened + (opens ? 1 : 0));
                }
            }
        }
        Assert.InRange(opened, 100, asked - 100);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
