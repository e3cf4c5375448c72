using Microsoft.EntityFrameworkCore;

namespace Wdfis.Portal.Storage;

/// <summary>The record file: envelopes, sealed content, audit. Writes to it go through the write lane.</summary>
internal sealed class RecordsContext(DbContextOptions<RecordsContext> options) : DbContext(options)
{
    public DbSet<UnitRow> Units => Set<UnitRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<FigureRow> Figures => Set<FigureRow>();
    public DbSet<ColleagueRow> Colleagues => Set<ColleagueRow>();
    public DbSet<RoleRow> Roles => Set<RoleRow>();
    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();
    public DbSet<ConflictRow> Conflicts => Set<ConflictRow>();
    public DbSet<JobRow> Jobs => Set<JobRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Converters.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new UnitMapping());
        modelBuilder.ApplyConfiguration(new ContentMapping());
        modelBuilder.ApplyConfiguration(new CardMapping());
        modelBuilder.ApplyConfiguration(new ReasonMapping());
        modelBuilder.ApplyConfiguration(new HeldMapping());
        modelBuilder.ApplyConfiguration(new EarlierMapping());
        modelBuilder.ApplyConfiguration(new AuditMapping());
        modelBuilder.ApplyConfiguration(new AuditUnitMapping());
        modelBuilder.ApplyConfiguration(new FigureMapping());
        modelBuilder.ApplyConfiguration(new ErasureMapping());
        modelBuilder.ApplyConfiguration(new AssignmentMapping());
        modelBuilder.ApplyConfiguration(new ConflictMapping());
        modelBuilder.ApplyConfiguration(new ColleagueMapping());
        modelBuilder.ApplyConfiguration(new RoleMapping());
        modelBuilder.ApplyConfiguration(new SessionMapping());
        modelBuilder.ApplyConfiguration(new StampMapping());
        modelBuilder.ApplyConfiguration(new JobMapping());
    }
}
