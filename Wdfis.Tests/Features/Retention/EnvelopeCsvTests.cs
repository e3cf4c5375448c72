using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features.Retention;

public class EnvelopeCsvTests
{
    [Fact]
    public async Task Csv_WithoutIdsUnlessAsked_NeverAFormula_AndBareWhereClosed()
    {
        await using var room = StrongroomFixture.Prepare();
        var open = room.Envelope() with { KeepUntil = new KeepUntil(new DateOnly(2026, 3, 8), "fis-enquiry", "=HYPERLINK(\"https://example.org\",\"x\")") };
        var closed = room.Envelope();
        var names = new Dictionary<ColleagueId, string> { [StrongroomFixture.Adviser.Id] = "+Plus, Ann" };
        var today = new DateOnly(2026, 3, 9);
        var lines = EnvelopeCsv.Write([(open, true), (closed, false)], ids: false, names, today).Split("\r\n");
        Assert.Equal("\"Enquiry\",\"\",\"Families Information\",\"OFFICIAL-SENSITIVE [PERSONAL]\",\"2026-03-08\",\"fis-enquiry\",\"'=HYPERLINK(\"\"https://example.org\"\",\"\"x\"\")\",\"Overdue\",\"'+Plus, Ann\",\"2026-03-09\"", lines[1]);
        Assert.DoesNotContain("Ann", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(open.Id.ToString(), string.Concat(lines), StringComparison.Ordinal);
        var ids = EnvelopeCsv.Write([(open, true), (closed, false)], ids: true, names, today);
        Assert.Contains(open.Id.ToString(), ids, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Id.ToString(), ids, StringComparison.Ordinal);
    }
}
