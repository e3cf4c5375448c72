using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class Begin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "assignment",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    colleague = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_assignment", x => new { x.unit, x.colleague });
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical"),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_unit",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    seq = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_unit", x => new { x.unit, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "card",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false, comment: "Sealed")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_card", x => x.unit);
                });

            migrationBuilder.CreateTable(
                name: "colleague",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    tenant = table.Column<string>(type: "TEXT", nullable: false, comment: "Staff"),
                    directory_id = table.Column<string>(type: "TEXT", nullable: false, comment: "Staff"),
                    display_name = table.Column<string>(type: "TEXT", nullable: false, comment: "Staff")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_colleague", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conflict",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    colleague = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conflict", x => new { x.unit, x.colleague });
                });

            migrationBuilder.CreateTable(
                name: "content",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false, comment: "Sealed")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_content", x => x.unit);
                });

            migrationBuilder.CreateTable(
                name: "erasure",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    why = table.Column<string>(type: "TEXT", nullable: false, comment: "Coarse"),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasure", x => x.unit);
                });

            migrationBuilder.CreateTable(
                name: "figure",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false, comment: "Coarse"),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false, comment: "Coarse"),
                    value = table.Column<int>(type: "INTEGER", nullable: false, comment: "Coarse")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_figure", x => new { x.name, x.month });
                });

            migrationBuilder.CreateTable(
                name: "job",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false, comment: "Technical"),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true, comment: "Technical"),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true, comment: "Technical"),
                    outcome = table.Column<string>(type: "TEXT", nullable: true, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "role",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false, comment: "Technical")
                        .Annotation("Sqlite:Autoincrement", true),
                    colleague = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    role = table.Column<int>(type: "INTEGER", nullable: false, comment: "Staff"),
                    services = table.Column<int>(type: "INTEGER", nullable: false, comment: "Staff"),
                    from_on = table.Column<DateOnly>(type: "TEXT", nullable: false, comment: "Staff"),
                    until_on = table.Column<DateOnly>(type: "TEXT", nullable: true, comment: "Staff"),
                    granted_by = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    approved_by = table.Column<byte[]>(type: "BLOB", nullable: true, comment: "Staff")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stamp",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false, comment: "Technical"),
                    kind = table.Column<string>(type: "TEXT", nullable: false, comment: "Technical"),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stamp", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "unit",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    kind = table.Column<int>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    family = table.Column<byte[]>(type: "BLOB", nullable: true, comment: "Pseudonym"),
                    service = table.Column<int>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    classification = table.Column<int>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    descriptor = table.Column<string>(type: "TEXT", nullable: true, comment: "Coarse"),
                    keep_until_on = table.Column<DateOnly>(type: "TEXT", nullable: true, comment: "Coarse"),
                    keep_class = table.Column<string>(type: "TEXT", nullable: false, comment: "Coarse"),
                    keep_because = table.Column<string>(type: "TEXT", nullable: false, comment: "Coarse"),
                    review_by = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    on_hold = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    special_handling = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    restricted = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    state = table.Column<string>(type: "TEXT", nullable: false, comment: "Coarse"),
                    topic = table.Column<string>(type: "TEXT", nullable: true, comment: "Coarse"),
                    channel = table.Column<string>(type: "TEXT", nullable: true, comment: "Coarse"),
                    outcome = table.Column<string>(type: "TEXT", nullable: true, comment: "Coarse"),
                    level = table.Column<int>(type: "INTEGER", nullable: true, comment: "Coarse"),
                    district = table.Column<string>(type: "TEXT", nullable: true, comment: "Coarse"),
                    due_on = table.Column<DateOnly>(type: "TEXT", nullable: true, comment: "Coarse"),
                    not_told = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    private_promised = table.Column<bool>(type: "INTEGER", nullable: false, comment: "Coarse"),
                    reference = table.Column<string>(type: "TEXT", nullable: true, comment: "Pseudonym"),
                    created_on = table.Column<DateOnly>(type: "TEXT", nullable: false, comment: "Coarse"),
                    touched_on = table.Column<DateOnly>(type: "TEXT", nullable: false, comment: "Coarse"),
                    version = table.Column<int>(type: "INTEGER", nullable: false, comment: "Technical"),
                    key_id = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_unit", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "colleague_directory",
                table: "colleague",
                columns: new[] { "tenant", "directory_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "role_colleague",
                table: "role",
                column: "colleague");

            migrationBuilder.CreateIndex(
                name: "unit_due",
                table: "unit",
                column: "due_on",
                filter: "due_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "unit_family",
                table: "unit",
                column: "family");

            migrationBuilder.CreateIndex(
                name: "unit_keep_until",
                table: "unit",
                column: "keep_until_on",
                filter: "keep_until_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "unit_not_told",
                table: "unit",
                column: "not_told",
                filter: "not_told = 1");

            migrationBuilder.CreateIndex(
                name: "unit_owner",
                table: "unit",
                columns: new[] { "owner", "state" });

            migrationBuilder.CreateIndex(
                name: "unit_private_promised",
                table: "unit",
                column: "private_promised",
                filter: "private_promised = 1");

            migrationBuilder.CreateIndex(
                name: "unit_reference",
                table: "unit",
                column: "reference",
                unique: true,
                filter: "reference IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "assignment");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_unit");

            migrationBuilder.DropTable(
                name: "card");

            migrationBuilder.DropTable(
                name: "colleague");

            migrationBuilder.DropTable(
                name: "conflict");

            migrationBuilder.DropTable(
                name: "content");

            migrationBuilder.DropTable(
                name: "erasure");

            migrationBuilder.DropTable(
                name: "figure");

            migrationBuilder.DropTable(
                name: "job");

            migrationBuilder.DropTable(
                name: "role");

            migrationBuilder.DropTable(
                name: "stamp");

            migrationBuilder.DropTable(
                name: "unit");
        }
    }
}
