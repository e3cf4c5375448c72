using Microsoft.EntityFrameworkCore;

namespace Wdfis.Portal.Storage;

/// <summary>The key file: wrapped keys and tombstones, apart from everything that they open.</summary>
internal sealed class KeysContext(DbContextOptions<KeysContext> options) : DbContext(options)
{
    public DbSet<KeyRow> Keys => Set<KeyRow>();
    public DbSet<RootRow> Roots => Set<RootRow>();
    public DbSet<StampRow> Stamps => Set<StampRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Converters.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<KeyRow>(key =>
        {
            key.ToTable("key").HasKey(row => row.Number);
            key.Property(row => row.Number).HasColumnName("number").ValueGeneratedNever().Sensitivity(Sensitivity.Technical);
            key.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
            key.Property(row => row.Id).HasColumnName("id").IsRequired().Sensitivity(Sensitivity.Pseudonym);
            key.Property(row => row.Version).HasColumnName("version").Sensitivity(Sensitivity.Technical);
            key.Property(row => row.Wrapped).HasColumnName("wrapped").Sensitivity(Sensitivity.WrappedKey);
            key.Property(row => row.MadeAt).HasColumnName("made_at").Sensitivity(Sensitivity.Technical);
            key.Property(row => row.ErasedAt).HasColumnName("erased_at").Sensitivity(Sensitivity.Technical);
            key.HasIndex(row => row.Unit).IsUnique().HasDatabaseName("key_unit");
        });
        modelBuilder.Entity<RootRow>(root =>
        {
            root.ToTable("root").HasKey(row => row.Name);
            root.Property(row => row.Name).HasColumnName("name").Sensitivity(Sensitivity.Technical);
            root.Property(row => row.Wrapped).HasColumnName("wrapped").Sensitivity(Sensitivity.WrappedKey);
        });
        modelBuilder.ApplyConfiguration(new StampMapping());
    }
}
