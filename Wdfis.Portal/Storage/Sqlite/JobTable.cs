namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>The last run of each job.</summary>
internal static class JobTable
{
    internal static JobRow? Find(RecordsFile records, string name)
    {
        using var reader = records.Read("SELECT started_at, ended_at, outcome FROM job WHERE name=$1", name);
        return !reader.Read() ? null : new JobRow
        {
            Name = name,
            StartedAt = reader[0] is long started ? new DateTimeOffset(started, TimeSpan.Zero) : null,
            EndedAt = reader[1] is long ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null,
            Outcome = reader[2] as string,
        };
    }

    internal static int Put(RecordsFile records, JobRow row) => records.Run(
        "INSERT INTO job(name,started_at,ended_at,outcome) VALUES($1,$2,$3,$4) ON CONFLICT(name) DO UPDATE SET started_at=excluded.started_at, ended_at=excluded.ended_at, outcome=excluded.outcome",
        row.Name, row.StartedAt?.UtcTicks, row.EndedAt?.UtcTicks, row.Outcome);
}
