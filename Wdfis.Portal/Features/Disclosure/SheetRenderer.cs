using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Wdfis.Portal.Access;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>Turns a component into the HTML of one sheet, so that the gate can decide on it before anybody sees it.</summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed partial class SheetRenderer(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private static readonly Lazy<string> Styles = new(() =>
    {
        using var reader = new StreamReader(typeof(SheetRenderer).Assembly.GetManifestResourceStream("public.css")!);
        return reader.ReadToEnd();
    });

    /// <summary>A document in the frame of <see cref="SheetFrame"/>, with its marking on every page; <paramref name="whole"/> for a file that needs nothing beside it.</summary>
    public async Task<string> Render<TSheet>(string title, Wdfis.Domain.Confidentiality.Marking marking, Dictionary<string, object?> parameters, bool whole = false) where TSheet : IComponent
    {
        var html = await Document<SheetFrame>(new()
        {
            [nameof(SheetFrame.Title)] = title,
            [nameof(SheetFrame.Marking)] = marking,
            [nameof(SheetFrame.ChildContent)] = Part<TSheet>(parameters),
        });
        // What is kept as a file is opened outside the portal, where its styles are not: they go with it.
        return whole ? Link().Replace(html, $"<style>{Styles.Value}</style>") : html;
    }

    /// <summary>A component with its parameters, to be put into another.</summary>
    public static RenderFragment Part<TPart>(Dictionary<string, object?> parameters) where TPart : IComponent => builder =>
    {
        builder.OpenComponent<TPart>(0);
        builder.AddMultipleAttributes(1, parameters!);
        builder.CloseComponent();
    };

    /// <summary>A component that is a whole document, as text.</summary>
    public async Task<string> Document<TFrame>(Dictionary<string, object?> parameters) where TFrame : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<TFrame>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>What a sheet says, as plain lines for reading on a page; a text that is no sheet stays as it is.</summary>
    public static string Words(string sheet) => !sheet.StartsWith("<!DOCTYPE", StringComparison.Ordinal) ? sheet
        : Gaps().Replace(System.Net.WebUtility.HtmlDecode(Tags().Replace(sheet[Math.Max(0, sheet.IndexOf("<main", StringComparison.Ordinal))..], "\n")), "\n").Trim();

    [System.Text.RegularExpressions.GeneratedRegex("<link rel=\"stylesheet\"[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Link();

    [System.Text.RegularExpressions.GeneratedRegex("<[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Tags();

    [System.Text.RegularExpressions.GeneratedRegex(@"\s*\n\s*")]
    private static partial System.Text.RegularExpressions.Regex Gaps();
}
