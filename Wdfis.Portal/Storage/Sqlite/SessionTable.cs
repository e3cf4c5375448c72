using Microsoft.Data.Sqlite;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>The rows of who is and was signed in.</summary>
internal static class SessionTable
{
    private const string Columns = "id, colleague, created_at, seen_at, ended_at, ended_by";

    internal static SessionRow? Find(RecordsFile records, SessionId id) => Rows(records.Read($"SELECT {Columns} FROM session WHERE id=$1", id.ToBytes())).SingleOrDefault();

    /// <summary>Every open one, and the twenty newest, newest first.</summary>
    internal static List<SessionRow> Of(RecordsFile records, ColleagueId colleague) =>
        Rows(records.Read($"SELECT {Columns} FROM session WHERE colleague=$1 AND (ended_at IS NULL OR id IN (SELECT id FROM session WHERE colleague=$1 ORDER BY created_at DESC LIMIT 20)) ORDER BY created_at DESC", Bytes(colleague)));

    /// <summary>Those that were begun before an instant, or at it, and are still open.</summary>
    internal static List<SessionId> OpenSince(RecordsFile records, DateTimeOffset before) =>
        [.. Rows(records.Read($"SELECT {Columns} FROM session WHERE ended_at IS NULL AND created_at<=$1", before.UtcTicks)).Select(row => row.Id)];

    internal static void Insert(RecordsFile records, SessionRow row) => records.Run(
        "INSERT INTO session(id,colleague,created_at,seen_at) VALUES($1,$2,$3,$4)", row.Id.ToBytes(), Bytes(row.Colleague), row.CreatedAt.UtcTicks, row.SeenAt.UtcTicks);

    internal static void Seen(RecordsFile records, SessionId id, DateTimeOffset at) => records.Run("UPDATE session SET seen_at=$2 WHERE id=$1", id.ToBytes(), at.UtcTicks);

    internal static void End(RecordsFile records, SessionId id, DateTimeOffset at, ColleagueId by) =>
        records.Run("UPDATE session SET ended_at=$2, ended_by=$3 WHERE id=$1 AND ended_at IS NULL", id.ToBytes(), at.UtcTicks, Bytes(by));

    internal static void EndAll(RecordsFile records, DateTimeOffset at, ColleagueId by) =>
        records.Run("UPDATE session SET ended_at=$1, ended_by=$2 WHERE ended_at IS NULL", at.UtcTicks, Bytes(by));

    internal static void Forget(RecordsFile records, DateTimeOffset before) => records.Run("DELETE FROM session WHERE created_at<$1", before.UtcTicks);

    private static List<SessionRow> Rows(SqliteDataReader reader)
    {
        var rows = new List<SessionRow>();
        using (reader)
        {
            while (reader.Read())
            {
                rows.Add(new SessionRow
                {
                    Id = new SessionId(Id(reader, 0)),
                    Colleague = new ColleagueId(Id(reader, 1)),
                    CreatedAt = new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero),
                    SeenAt = new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
                    EndedAt = reader[4] is long ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null,
                    EndedBy = reader[5] is byte[]? new ColleagueId(Id(reader, 5)) : null,
                });
            }
        }
        return rows;
    }

    private static Guid Id(SqliteDataReader reader, int column) => new((byte[])reader[column], bigEndian: true);

    private static byte[] Bytes(ColleagueId id) => id.Value.ToByteArray(bigEndian: true);
}
