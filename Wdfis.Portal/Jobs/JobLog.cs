using Wdfis.Portal.Storage;
using Wdfis.Portal.Storage.Sqlite;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Jobs;

/// <summary>The last run of each job, for the pages that show it.</summary>
internal sealed class JobLog(DataFolder folder)
{
    /// <summary>Null when it never ran.</summary>
    public JobRow? Last(string name) => folder.Records.Use(records => JobTable.Find(records, name));
}
