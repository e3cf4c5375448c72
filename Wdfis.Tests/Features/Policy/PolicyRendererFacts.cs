using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Policy;

namespace Wdfis.Tests.Features.Policy;

public sealed class PolicyRendererFacts
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("text <img src=x onerror=alert(1)> text")]
    [InlineData("<iframe src='https://example.org'></iframe>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt&#58;alert(1))")]
    [InlineData("[a](data:text/html,x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[a](//example.org)")]
    [InlineData("[a](/\\example.org)")]
    [InlineData("![pic](https://example.org/x.png)")]
    [InlineData("![pic](data:image/png;base64,AAAA)")]
    [InlineData("[a][x]\n\n[x]: javascript:alert(1)")]
    [InlineData("![a [b](javascript:alert(1))](x.png)")]
    [InlineData("# Heading {onclick=alert(1)}")]
    [InlineData("<style>*{display:none}</style>")]
    public void Text_WithSomethingThatActs_IsNeutralised(string markdown)
    {
        var page = new HtmlParser().ParseDocument(PolicyRenderer.ToHtml(markdown));
        Assert.Empty(page.Body!.QuerySelectorAll("script, style, iframe, img, object, embed, form, svg, base, link, meta"));
        Assert.All(page.Body.QuerySelectorAll("*"), e => Assert.DoesNotContain(e.Attributes, a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.Body.QuerySelectorAll("a"), a => Assert.Equal("#", a.GetAttribute("href")));
    }

    [Fact]
    public void Links_ToTheWebMailAndTelephone_Stay()
    {
        var page = new HtmlParser().ParseDocument(PolicyRenderer.ToHtml("[w](https://example.org/) [m](mailto:a@example.org) [t](tel:01632960001) [p](/policy) [c](#U2)"));
        Assert.Equal(["https://example.org/", "mailto:a@example.org", "tel:01632960001", "/policy", "#U2"], page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void ShippedDraft_HasEveryClauseAsAnAnchorOnce()
    {
        var page = new HtmlParser().ParseDocument(PolicyRenderer.ToHtml(ShippedPolicy.Text.Markdown));
        Assert.Equal(PolicyClauses.All.Order(), page.QuerySelectorAll("strong.clause").Select(e => e.Id!).Order());
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public void ShippedDraft_FitsTwoPages() => Assert.InRange(Regex.Count(ShippedPolicy.Text.Markdown, @"\S+"), 300, 1000);
}
