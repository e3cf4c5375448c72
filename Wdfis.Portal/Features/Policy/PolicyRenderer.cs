using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Wdfis.Domain.Policy;

namespace Wdfis.Portal.Features.Policy;

/// <summary>
/// Turns a policy text into HTML that can do nothing: tags in it are shown as text, pictures become their description, and links
/// lead only to the web, mail and telephone. A clause id in bold becomes an anchor (<c>#U2</c>).
/// </summary>
internal static class PolicyRenderer
{
    // No extension that lets text set attributes: with generic attributes a text could write an event handler.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] SafeSchemes = [Uri.UriSchemeHttps, Uri.UriSchemeHttp, Uri.UriSchemeMailto, "tel"];

    /// <summary>HTML of the text, headings from <c>h1</c> as it says; never script, style, picture or frame.</summary>
    public static string ToHtml(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
                link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString()))), copyChildren: false);
            else if (!IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url))
                (link.Url, link.GetDynamicUrl) = ("#", null);
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsSafe(l.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        var anchored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bold in document.Descendants<EmphasisInline>().Where(e => e.DelimiterCount == 2))
        {
            if (bold.FirstChild is LiteralInline { NextSibling: null } only && only.Content.ToString() is var id && PolicyClauses.All.Contains(id) && anchored.Add(id))
            {
                bold.GetAttributes().Id = id;
                bold.GetAttributes().AddClass("clause");
            }
        }
        return document.ToHtml(Pipeline);
    }

    /// <summary>The words of the text, a line for each paragraph, without any mark-up.</summary>
    public static string ToPlain(string markdown) => Markdown.ToPlainText(markdown, Pipeline);

    private static bool IsSafe(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return false;
        // Own pages and anchors; "//host" and "/\host" lead elsewhere without saying how.
        if (url[0] == '#' || url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')))
            return true;
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && SafeSchemes.Contains(uri.Scheme);
    }
}
