using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class Reasons : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reason",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical"),
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false, comment: "Sealed")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reason", x => x.seq);
                });

            migrationBuilder.CreateIndex(
                name: "reason_unit",
                table: "reason",
                column: "unit");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reason");
        }
    }
}
