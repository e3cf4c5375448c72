using System.Net;
using System.Text;
using Wdfis.Domain.Disclosure;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>In which form something leaves.</summary>
internal enum OutletForm
{
    /// <summary>A page of its own to print: a whole HTML document.</summary>
    Print = 1,
    /// <summary>Plain text to paste.</summary>
    Paste = 2,
    /// <summary>A file of comma-separated values.</summary>
    Csv = 3,
    /// <summary>Plain text on a page of its own to print.</summary>
    Letter = 4,
    /// <summary>A whole HTML document that needs nothing else, to keep as a file.</summary>
    File = 5,
}

/// <summary>
/// The one way out (U1, U2): the only type that yields what leaves for printing, pasting or downloading. It takes a decision of the gate for
/// exactly these words, and spends it.
/// </summary>
internal sealed class Outlet
{
    /// <summary>Opens the way out.</summary>
    /// <exception cref="InvalidOperationException">The decision was for other words, or was spent before.</exception>
    public Outlet(Allowed allowed, OutletForm form, string content)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        if (allowed.Request.Content != DisclosureText.Hash(content))
            throw new InvalidOperationException("What leaves is not what was decided.");
        allowed.Spend();
        (Form, Content) = (form, content);
    }

    /// <summary>In which form.</summary>
    public OutletForm Form { get; }

    /// <summary>What leaves, to the letter.</summary>
    public string Content { get; }

    /// <summary>The same as bytes: UTF-8, with a byte-order mark where a spreadsheet needs one to know it.</summary>
    public byte[] Bytes => Form switch
    {
        OutletForm.Csv => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Content)],
        OutletForm.Letter => Encoding.UTF8.GetBytes(Page(Content)),
        OutletForm.Print or OutletForm.Paste or OutletForm.File => Encoding.UTF8.GetBytes(Content),
    };

    // The marking is the text's first line; it stands at the head and foot of every page too.
    private static string Page(string text)
    {
        var marking = WebUtility.HtmlEncode(text.Split('\n')[0]);
        return $"""
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8" /><title>Letter · WDFIS</title><link rel="stylesheet" href="/public.css" /></head>
            <body class="sheet"><p class="marking" aria-hidden="true">{marking}</p>
            <main id="main"><h1 class="no-print">Letter</h1><p class="notice no-print">Press <kbd>Ctrl</kbd> <kbd>P</kbd> to print this. That it was released is written down.</p>
            <p class="lines">{WebUtility.HtmlEncode(text)}</p></main>
            <p class="marking foot" aria-hidden="true">{marking}</p></body></html>
            """;
    }

    /// <summary>The form alone.</summary>
    public override string ToString() => $"{nameof(Outlet)} {Form}";
}
