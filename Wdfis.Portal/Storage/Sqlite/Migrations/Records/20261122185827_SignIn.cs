using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class SignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "deputy_of",
                table: "role",
                type: "BLOB",
                nullable: true,
                comment: "Staff");

            migrationBuilder.AddColumn<long>(
                name: "ended_at",
                table: "role",
                type: "INTEGER",
                nullable: true,
                comment: "Staff");

            migrationBuilder.AddColumn<byte[]>(
                name: "ended_by",
                table: "role",
                type: "BLOB",
                nullable: true,
                comment: "Staff");

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Technical"),
                    colleague = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Staff"),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Staff"),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Staff"),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true, comment: "Staff"),
                    ended_by = table.Column<byte[]>(type: "BLOB", nullable: true, comment: "Staff")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "session_colleague",
                table: "session",
                column: "colleague");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropColumn(
                name: "deputy_of",
                table: "role");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "role");

            migrationBuilder.DropColumn(
                name: "ended_by",
                table: "role");
        }
    }
}
