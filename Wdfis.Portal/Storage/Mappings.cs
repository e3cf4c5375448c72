using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wdfis.Portal.Storage;

internal sealed class UnitMapping : IEntityTypeConfiguration<UnitRow>
{
    public void Configure(EntityTypeBuilder<UnitRow> unit)
    {
        unit.ToTable("unit").HasKey(row => row.Id);
        unit.Property(row => row.Id).HasColumnName("id").Sensitivity(Sensitivity.Pseudonym);
        unit.Property(row => row.Kind).HasColumnName("kind").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Family).HasColumnName("family").Sensitivity(Sensitivity.Pseudonym);
        unit.Property(row => row.Service).HasColumnName("service").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Classification).HasColumnName("classification").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Descriptor).HasColumnName("descriptor").Sensitivity(Sensitivity.Coarse);
        // Rounded up to 31 August wherever it comes from a birth date.
        unit.Property(row => row.KeepUntilOn).HasColumnName("keep_until_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.KeepClass).HasColumnName("keep_class").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.KeepBecause).HasColumnName("keep_because").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.ReviewBy).HasColumnName("review_by").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.KeepVersion).HasColumnName("keep_version").HasDefaultValue(1).Sensitivity(Sensitivity.Technical);
        unit.Property(row => row.NotBefore).HasColumnName("not_before").Sensitivity(Sensitivity.Coarse);
        // What the date was counted from; nothing where it was not kept.
        unit.Property(row => row.OpenedOn).HasColumnName("opened_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.ClosedOn).HasColumnName("closed_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.ContactOn).HasColumnName("contact_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.EndedOn).HasColumnName("ended_on").Sensitivity(Sensitivity.Coarse);
        // Always a 31 August: the one that follows the youngest child's birth, and only where the class counts from it.
        unit.Property(row => row.BornBy).HasColumnName("born_by").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.BirthUnknown).HasColumnName("birth_unknown").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.SpecialHandling).HasColumnName("special_handling").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Restricted).HasColumnName("restricted").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Owner).HasColumnName("owner").Sensitivity(Sensitivity.Staff);
        unit.Property(row => row.State).HasColumnName("state").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Topic).HasColumnName("topic").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Channel).HasColumnName("channel").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Outcome).HasColumnName("outcome").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Level).HasColumnName("level").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.District).HasColumnName("district").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.DueOn).HasColumnName("due_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.NotTold).HasColumnName("not_told").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.PrivatePromised).HasColumnName("private_promised").Sensitivity(Sensitivity.Coarse);
        // Random, held by the anonymous caller, matched exactly.
        unit.Property(row => row.Reference).HasColumnName("reference").Sensitivity(Sensitivity.Pseudonym);
        unit.Property(row => row.CreatedOn).HasColumnName("created_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.TouchedOn).HasColumnName("touched_on").Sensitivity(Sensitivity.Coarse);
        unit.Property(row => row.Version).HasColumnName("version").Sensitivity(Sensitivity.Technical);
        unit.Property(row => row.KeyId).HasColumnName("key_id").Sensitivity(Sensitivity.Pseudonym);
        unit.HasIndex(row => row.Family).HasDatabaseName("unit_family");
        unit.HasIndex(row => new { row.Owner, row.State }).HasDatabaseName("unit_owner");
        // What the desk's lists ask for, and the conformance page counts, from the index alone.
        unit.HasIndex(row => new { row.Kind, row.State, row.DueOn, row.Service }).HasDatabaseName("unit_kind");
        unit.HasIndex(row => row.KeepUntilOn).HasFilter("keep_until_on IS NOT NULL").HasDatabaseName("unit_keep_until");
        unit.HasIndex(row => row.Reference).IsUnique().HasFilter("reference IS NOT NULL").HasDatabaseName("unit_reference");
        unit.HasIndex(row => new { row.Kind, row.Service, row.NotTold }).HasFilter("not_told = 1").HasDatabaseName("unit_not_told");
        unit.HasIndex(row => new { row.Kind, row.Service, row.PrivatePromised }).HasFilter("private_promised = 1").HasDatabaseName("unit_private_promised");
    }
}

internal sealed class ContentMapping : IEntityTypeConfiguration<ContentRow>
{
    public void Configure(EntityTypeBuilder<ContentRow> content)
    {
        content.ToTable("content").HasKey(row => row.Unit);
        content.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        content.Property(row => row.Sealed).HasColumnName("sealed").Sensitivity(Sensitivity.Sealed);
    }
}

internal sealed class CardMapping : IEntityTypeConfiguration<CardRow>
{
    public void Configure(EntityTypeBuilder<CardRow> card)
    {
        card.ToTable("card").HasKey(row => row.Unit);
        card.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        card.Property(row => row.Sealed).HasColumnName("sealed").Sensitivity(Sensitivity.Sealed);
    }
}

internal sealed class HeldMapping : IEntityTypeConfiguration<HeldRow>
{
    public void Configure(EntityTypeBuilder<HeldRow> held)
    {
        held.ToTable("held").HasKey(row => row.Number);
        held.Property(row => row.Number).HasColumnName("number").Sensitivity(Sensitivity.Technical);
        held.Property(row => row.Hold).HasColumnName("hold").Sensitivity(Sensitivity.Pseudonym);
        // That something is held is plain; why, and on whose word, is sealed in the hold.
        held.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        held.Property(row => row.Class).HasColumnName("class").Sensitivity(Sensitivity.Coarse);
        held.HasIndex(row => row.Hold).HasDatabaseName("held_hold");
        held.HasIndex(row => row.Unit).HasFilter("unit IS NOT NULL").HasDatabaseName("held_unit");
        held.HasIndex(row => row.Class).HasFilter("class IS NOT NULL").HasDatabaseName("held_class");
    }
}

internal sealed class EarlierMapping : IEntityTypeConfiguration<EarlierRow>
{
    public void Configure(EntityTypeBuilder<EarlierRow> earlier)
    {
        earlier.ToTable("earlier").HasKey(row => new { row.Unit, row.Version });
        earlier.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        earlier.Property(row => row.Version).HasColumnName("version").Sensitivity(Sensitivity.Technical);
        earlier.Property(row => row.Sealed).HasColumnName("sealed").Sensitivity(Sensitivity.Sealed);
    }
}

internal sealed class ReasonMapping : IEntityTypeConfiguration<ReasonRow>
{
    public void Configure(EntityTypeBuilder<ReasonRow> reason)
    {
        reason.ToTable("reason").HasKey(row => row.Sequence);
        reason.Property(row => row.Sequence).HasColumnName("seq").ValueGeneratedNever().Sensitivity(Sensitivity.Technical);
        reason.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        reason.Property(row => row.Sealed).HasColumnName("sealed").Sensitivity(Sensitivity.Sealed);
        reason.HasIndex(row => row.Unit).HasDatabaseName("reason_unit");
    }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> audit)
    {
        audit.ToTable("audit").HasKey(row => row.Sequence);
        audit.Property(row => row.Sequence).HasColumnName("seq").ValueGeneratedNever().Sensitivity(Sensitivity.Technical);
        // Ids, codes, hashes and instants; no content, so that an erasure never breaks the chain.
        audit.Property(row => row.Bytes).HasColumnName("bytes").Sensitivity(Sensitivity.Staff);
        audit.Property(row => row.Hash).HasColumnName("hash").Sensitivity(Sensitivity.Technical);
    }
}

internal sealed class AuditUnitMapping : IEntityTypeConfiguration<AuditUnitRow>
{
    public void Configure(EntityTypeBuilder<AuditUnitRow> named)
    {
        named.ToTable("audit_unit").HasKey(row => new { row.Unit, row.Sequence });
        named.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        named.Property(row => row.Sequence).HasColumnName("seq").Sensitivity(Sensitivity.Technical);
    }
}

internal sealed class FigureMapping : IEntityTypeConfiguration<FigureRow>
{
    public void Configure(EntityTypeBuilder<FigureRow> figure)
    {
        figure.ToTable("figure").HasKey(row => new { row.Name, row.Month });
        figure.Property(row => row.Name).HasColumnName("name").Sensitivity(Sensitivity.Coarse);
        figure.Property(row => row.Month).HasColumnName("month").Sensitivity(Sensitivity.Coarse);
        figure.Property(row => row.Value).HasColumnName("value").Sensitivity(Sensitivity.Coarse);
    }
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<ErasureRow>
{
    public void Configure(EntityTypeBuilder<ErasureRow> erasure)
    {
        erasure.ToTable("erasure").HasKey(row => row.Unit);
        erasure.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        erasure.Property(row => row.Why).HasColumnName("why").Sensitivity(Sensitivity.Coarse);
        erasure.Property(row => row.DecidedAt).HasColumnName("decided_at").Sensitivity(Sensitivity.Technical);
    }
}

internal sealed class AssignmentMapping : IEntityTypeConfiguration<AssignmentRow>
{
    public void Configure(EntityTypeBuilder<AssignmentRow> assignment)
    {
        assignment.ToTable("assignment").HasKey(row => new { row.Unit, row.Colleague });
        assignment.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        assignment.Property(row => row.Colleague).HasColumnName("colleague").Sensitivity(Sensitivity.Staff);
    }
}

internal sealed class ConflictMapping : IEntityTypeConfiguration<ConflictRow>
{
    public void Configure(EntityTypeBuilder<ConflictRow> conflict)
    {
        conflict.ToTable("conflict").HasKey(row => new { row.Unit, row.Colleague });
        conflict.Property(row => row.Unit).HasColumnName("unit").Sensitivity(Sensitivity.Pseudonym);
        conflict.Property(row => row.Colleague).HasColumnName("colleague").Sensitivity(Sensitivity.Staff);
    }
}

internal sealed class ColleagueMapping : IEntityTypeConfiguration<ColleagueRow>
{
    public void Configure(EntityTypeBuilder<ColleagueRow> colleague)
    {
        colleague.ToTable("colleague").HasKey(row => row.Id);
        colleague.Property(row => row.Id).HasColumnName("id").Sensitivity(Sensitivity.Staff);
        colleague.Property(row => row.Tenant).HasColumnName("tenant").Sensitivity(Sensitivity.Staff);
        colleague.Property(row => row.DirectoryId).HasColumnName("directory_id").Sensitivity(Sensitivity.Staff);
        colleague.Property(row => row.DisplayName).HasColumnName("display_name").Sensitivity(Sensitivity.Staff);
        colleague.HasIndex(row => new { row.Tenant, row.DirectoryId }).IsUnique().HasDatabaseName("colleague_directory");
    }
}

internal sealed class RoleMapping : IEntityTypeConfiguration<RoleRow>
{
    public void Configure(EntityTypeBuilder<RoleRow> role)
    {
        role.ToTable("role").HasKey(row => row.Id);
        role.Property(row => row.Id).HasColumnName("id").Sensitivity(Sensitivity.Technical);
        role.Property(row => row.Colleague).HasColumnName("colleague").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.Role).HasColumnName("role").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.Services).HasColumnName("services").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.FromOn).HasColumnName("from_on").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.UntilOn).HasColumnName("until_on").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.DeputyOf).HasColumnName("deputy_of").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.GrantedBy).HasColumnName("granted_by").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.ApprovedBy).HasColumnName("approved_by").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.EndedBy).HasColumnName("ended_by").Sensitivity(Sensitivity.Staff);
        role.Property(row => row.EndedAt).HasColumnName("ended_at").Sensitivity(Sensitivity.Staff);
        role.HasIndex(row => row.Colleague).HasDatabaseName("role_colleague");
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> session)
    {
        session.ToTable("session").HasKey(row => row.Id);
        session.Property(row => row.Id).HasColumnName("id").Sensitivity(Sensitivity.Technical);
        session.Property(row => row.Colleague).HasColumnName("colleague").Sensitivity(Sensitivity.Staff);
        session.Property(row => row.CreatedAt).HasColumnName("created_at").Sensitivity(Sensitivity.Staff);
        session.Property(row => row.SeenAt).HasColumnName("seen_at").Sensitivity(Sensitivity.Staff);
        session.Property(row => row.EndedAt).HasColumnName("ended_at").Sensitivity(Sensitivity.Staff);
        session.Property(row => row.EndedBy).HasColumnName("ended_by").Sensitivity(Sensitivity.Staff);
        session.HasIndex(row => row.Colleague).HasDatabaseName("session_colleague");
    }
}

internal sealed class StampMapping : IEntityTypeConfiguration<StampRow>
{
    public void Configure(EntityTypeBuilder<StampRow> stamp)
    {
        stamp.ToTable("stamp").HasKey(row => row.Id);
        stamp.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever().Sensitivity(Sensitivity.Technical);
        stamp.Property(row => row.Kind).HasColumnName("kind").Sensitivity(Sensitivity.Technical);
        stamp.Property(row => row.MadeAt).HasColumnName("made_at").Sensitivity(Sensitivity.Technical);
    }
}

internal sealed class JobMapping : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> job)
    {
        job.ToTable("job").HasKey(row => row.Name);
        job.Property(row => row.Name).HasColumnName("name").Sensitivity(Sensitivity.Technical);
        job.Property(row => row.StartedAt).HasColumnName("started_at").Sensitivity(Sensitivity.Technical);
        job.Property(row => row.EndedAt).HasColumnName("ended_at").Sensitivity(Sensitivity.Technical);
        job.Property(row => row.Outcome).HasColumnName("outcome").Sensitivity(Sensitivity.Technical);
    }
}
