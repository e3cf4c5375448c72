using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wdfis.Portal.Features.Recipients;

namespace Wdfis.Tests.Features.Recipients;

public class SchoolsRegisterFacts
{
    private static RegisterFile Read(IEnumerable<string> lines) => SchoolsRegister.Read(RegisterText.File(lines), "384");

    private static string Mended(string line, string from, string to)
    {
        Assert.Contains(from, line, StringComparison.Ordinal);
        return line.Replace(from, to, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_AsPublished_GivesOursWithTheirAccentsAndQuotes()
    {
        var read = Read(RegisterText.Lines());
        Assert.Empty(read.Faults);
        Assert.Equal(12, read.Rows);
        Assert.Equal(9, read.Entries.Length);
        Assert.Equal("It is not open yet.", Assert.Single(read.Skipped).Why);
        Assert.Equal("Mr Théo Specimen", read.Entries[1].Head);
        Assert.Equal("St Example’s Catholic Primary School, \"The Annexe\"", read.Entries[5].Name);
        Assert.Equal("20 Sample Road\nOssett\nWakefield\nWest Yorkshire\nWF5 9ZZ", read.Entries[1].Address);
        var closed = Assert.Single(read.Entries, entry => entry.Closed);
        Assert.Equal(new DateOnly(2026, 8, 31), closed.ClosedOn);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 11], read.Entries.Select(entry => entry.Line));
    }

    [Fact]
    public void OtherAuthority_IsTakenWhenConfigured() => Assert.Equal("Elsewhere Primary School", Assert.Single(SchoolsRegister.Read(RegisterText.File(RegisterText.Lines()), "383").Entries).Name);

    [Fact]
    public void BrokenRows_CostThemselvesAlone_EachWithItsLine()
    {
        var lines = RegisterText.Lines();
        lines[1] = Mended(lines[1], "\"Synthetic Primary School\"", "\"Synthetic Primary School");
        lines[2] += ",\"one more\"";
        lines[3] = Mended(lines[3], "990003", "9999");
        lines[4] = Mended(lines[4], "990004", "990005");
        lines[6] = Mended(lines[6], "01632960206", "ring Pat");
        lines[8] = Mended(lines[8], "\"8 Fable Drive\"", "\"8 Fable\nDrive\"");
        lines[10] = lines[10][..200];
        var read = Read(lines);
        Assert.Equal([2, 3, 4, 6, 7, 11, 12], read.Skipped.Select(row => row.Line).Order());
        Assert.Equal(7, read.SkippedCount);
        Assert.Equal("A quotation mark is not closed.", read.Skipped.Single(row => row.Line == 2).Why);
        Assert.Contains("140 columns", read.Skipped.Single(row => row.Line == 3).Why, StringComparison.Ordinal);
        Assert.Contains("line 5 already", read.Skipped.Single(row => row.Line == 6).Why, StringComparison.Ordinal);
        // A text over two lines is no fault, and does not shift the numbers of lines after it by more than the line it has.
        Assert.StartsWith("8 Fable\nDrive", read.Entries.Single(entry => entry.Urn == 990_008).Address, StringComparison.Ordinal);
        Assert.Null(read.Entries.Single(entry => entry.Urn == 990_006).Telephone);
        Assert.Equal([990_005, 990_006, 990_007, 990_008], read.Entries.Select(entry => entry.Urn).Order());
    }

    [Fact]
    public void Columns_MissingOrDoubled_AreNamedAll_AndNothingIsRead()
    {
        var lines = RegisterText.Lines();
        lines[0] = Mended(Mended(Mended(lines[0], "\"Postcode\"", "\"PostCode2\""), "\"HeadLastName\"", "\"x\""), "\"SiteName\"", "\"URN\"");
        var read = Read(lines);
        Assert.Equal("The column “Postcode” is missing. The column “HeadLastName” is missing. The column “URN” is there twice.", string.Join(' ', read.Faults));
        Assert.Empty(read.Entries);
    }

    [Fact]
    public void Columns_InAnotherOrder_AreReadByTheirNames()
    {
        var lines = RegisterText.Lines().Select(line => "\"new\"," + line);
        Assert.Equal(9, Read(lines).Entries.Length);
    }

    public static TheoryData<byte[], string> NoCsv => new()
    {
        { [], "empty" },
        { [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13], "not a CSV file" },
        { [(byte)'P', (byte)'K', 3, 4, 20, 0], "zip file" },
        { Encoding.ASCII.GetBytes("<!DOCTYPE html><html><body>Sign in</body></html>"), "none of its columns" },
        { Encoding.ASCII.GetBytes(new string('x', 500_000)), "longer than any row" },
        { Encoding.Unicode.GetBytes("URN,LA (code)\r\n"), "not a CSV file" },
    };

    [Theory]
    [MemberData(nameof(NoCsv))]
    public void File_ThatIsNoRegister_IsSaidInWords(byte[] bytes, string words) =>
        Assert.Contains(words, Assert.Single(SchoolsRegister.Read(new MemoryStream(bytes), "384").Faults), StringComparison.Ordinal);

    [Fact]
    public void AnyBytes_NeverThrow_AndEveryRowIsReadOrSkipped()
    {
        var lines = RegisterText.Lines();
        var whole = RegisterText.File(lines).ToArray();
        var cuts = Gen.Choose(0, whole.Length - 1).Three().SelectMany(cut => Gen.Choose(0, 255), (cut, with) => (cut.Item1, cut.Item2, cut.Item3, (byte)with));
        Prop.ForAll(cuts.ToArbitrary(), cut =>
        {
            var damaged = whole[..(cut.Item1 % 4 == 0 ? cut.Item1 : whole.Length)].ToArray();
            foreach (var at in new[] { cut.Item2, cut.Item3 }.Where(at => at < damaged.Length))
                damaged[at] = cut.Item4;
            var read = SchoolsRegister.Read(new MemoryStream(damaged), "384");
            Assert.True(read.Faults.Length > 0 ? read.Entries.IsEmpty : read.Entries.Length <= 10 && read.Rows <= 14);
            Assert.Equal(read.Entries.Length, read.Entries.Select(entry => entry.Urn).Distinct().Count());
        }).QuickCheckThrowOnFailure();
    }
}
