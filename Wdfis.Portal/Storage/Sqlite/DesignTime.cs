using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Wdfis.Portal.Storage.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add NAME --context RecordsContext -o Storage/Sqlite/Migrations/Records</c> work without the host.</summary>
internal sealed class RecordsDesign : IDesignTimeDbContextFactory<RecordsContext>
{
    public RecordsContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<RecordsContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>As <see cref="RecordsDesign"/>, for the key file.</summary>
internal sealed class KeysDesign : IDesignTimeDbContextFactory<KeysContext>
{
    public KeysContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<KeysContext>().UseSqlite("Data Source=:memory:").Options);
}
