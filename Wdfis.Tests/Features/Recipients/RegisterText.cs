using System.Text;

namespace Wdfis.Tests.Features.Recipients;

/// <summary>The sample of the schools register as lines of text, to be changed by tests and written as it is published.</summary>
internal static class RegisterText
{
    private static readonly Encoding Published = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string[] Lines()
    {
        using var sample = Wdfis.Portal.Operations.Synthetic.SyntheticRecipients.Sample();
        return new StreamReader(sample, Published).ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    public static MemoryStream File(IEnumerable<string> lines) => new(Published.GetBytes(string.Join("\r\n", lines) + "\r\n"));

    /// <summary>A register of that many rows, of which every 150th is of Wakefield, written row by row.</summary>
    public static void Write(Stream to, int rows, int from = 0)
    {
        var lines = Lines();
        using var writer = new StreamWriter(to, Published, leaveOpen: true);
        if (from == 0)
            writer.Write(lines[0] + "\r\n");
        var (ours, theirs) = (lines[1], lines[11]);
        for (var row = from; row < from + rows; row++)
        {
            var urn = (100_000 + row).ToString(System.Globalization.CultureInfo.InvariantCulture);
            writer.Write((row % 150 == 0 ? ours : theirs).Remove(0, 6).Insert(0, urn));
            writer.Write("\r\n");
        }
    }
}
