using System.Text;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features.Disclosure;

namespace Wdfis.Portal.Features.Policy;

/// <summary>The public pages as files, for the council's website (C4): every published edition, large print, plain text, accessibility, the style sheet.</summary>
[OpenToAll(OpenBecause.OwnWork)]
internal sealed class PolicyBundle(PolicyShelf shelf, SheetRenderer renderer, IWebHostEnvironment environment, TimeProvider clock)
{
    /// <summary>Writes them into a folder, over what stands there of the same names. The names of the files, relative to it.</summary>
    public async Task<IReadOnlyList<string>> Write(string folder, CancellationToken cancel = default)
    {
        var (today, written) = (London.Today(clock), new List<string>());
        var published = shelf.Editions.Select(one => one.Record).Where(one => one.PublishedOn <= today).ToList();
        await Page("policy", shelf.InForce, large: false);
        await Page("policy/large-print", shelf.InForce, large: true);
        foreach (var edition in published)
            await Page($"policy/{edition.Number}", edition, large: false);
        await File("policy.txt", PolicyDocument.Plain(shelf));
        await File("accessibility/index.html", await renderer.Document<PublicFrame>(Frame("Accessibility", "../", SheetRenderer.Part<AccessibilityText>([]))));
        using var styles = new StreamReader(environment.WebRootFileProvider.GetFileInfo("public.css").CreateReadStream());
        await File("public.css", await styles.ReadToEndAsync(cancel));
        return written;

        async Task Page(string at, PolicyEdition? edition, bool large)
        {
            var links = string.Concat(Enumerable.Repeat("../", at.Count(sign => sign == '/') + 1));
            await File($"{at}/index.html", await renderer.Document<PublicFrame>(Frame("Confidentiality policy", links, SheetRenderer.Part<PolicyDocument>(new()
            {
                [nameof(PolicyDocument.Edition)] = edition,
                [nameof(PolicyDocument.Html)] = PolicyRenderer.ToHtml((edition?.Text ?? ShippedPolicy.Text).Markdown),
                [nameof(PolicyDocument.InForce)] = shelf.InForce?.Number,
                [nameof(PolicyDocument.ReviewOn)] = shelf.ReviewOn,
                [nameof(PolicyDocument.Published)] = published,
                [nameof(PolicyDocument.Large)] = large,
                [nameof(PolicyDocument.Links)] = links,
            }))));
        }

        async Task File(string name, string text)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await System.IO.File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancel);
            written.Add(name);
        }
    }

    private static Dictionary<string, object?> Frame(string title, string links, Microsoft.AspNetCore.Components.RenderFragment content) => new()
    {
        [nameof(PublicFrame.Title)] = title,
        [nameof(PublicFrame.Links)] = links,
        [nameof(PublicFrame.ChildContent)] = content,
    };
}
