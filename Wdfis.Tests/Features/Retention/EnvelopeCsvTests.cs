using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom.Board;
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

    [Fact]
    public async Task Export_IsOnRecordForEachRecordInIt_BeforeItCanBeFetched_AndForThoseWhoSeeRetentionAlone()
    {
        await using var room = await RetentionRoom.Start();
        UnitId[] due = [await room.Keep(-2), await room.Keep(-1)];
        await room.Keep(500);
        var query = new RecordQuery { Filter = new RecordFilter { Due = RecordFilter.Overdue }, Size = 50 };
        var exported = await room.Exports.Make(RetentionRoom.Lead, query);
        var entry = room.Entries().Last();
        Assert.Equal((AuditAction.Exported, StrongroomFixture.Lead.Id), (entry.Action, entry.Who));
        Assert.Equal(due, entry.Units);
        Assert.Equal(2, exported.Records);
        Assert.Equal(OutletForm.Csv, exported.Outlet!.Form);
        Assert.Equal(3, exported.Outlet.Content.TrimEnd().Split("\r\n").Length);
        Assert.DoesNotContain(room.Entries(), line => line.Action is AuditAction.Opened or AuditAction.Found);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => room.Exports.Make(StrongroomFixture.For(StrongroomFixture.Adviser, Purpose.RetentionReview), query));
    }
}
