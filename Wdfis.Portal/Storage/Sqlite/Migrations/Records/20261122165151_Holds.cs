using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class Holds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In SQLite's own words: the tool would build the table anew outside the transaction, and a stop would leave it half done.
            migrationBuilder.Sql("ALTER TABLE unit DROP COLUMN on_hold");

            migrationBuilder.CreateTable(
                name: "earlier",
                columns: table => new
                {
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    version = table.Column<int>(type: "INTEGER", nullable: false, comment: "Technical"),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false, comment: "Sealed")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_earlier", x => new { x.unit, x.version });
                });

            migrationBuilder.CreateTable(
                name: "held",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical")
                        .Annotation("Sqlite:Autoincrement", true),
                    hold = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    unit = table.Column<byte[]>(type: "BLOB", nullable: true, comment: "Pseudonym"),
                    @class = table.Column<string>(name: "class", type: "TEXT", nullable: true, comment: "Coarse")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_held", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "held_class",
                table: "held",
                column: "class",
                filter: "class IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "held_hold",
                table: "held",
                column: "hold");

            migrationBuilder.CreateIndex(
                name: "held_unit",
                table: "held",
                column: "unit",
                filter: "unit IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "earlier");

            migrationBuilder.DropTable(
                name: "held");

            migrationBuilder.AddColumn<bool>(
                name: "on_hold",
                table: "unit",
                type: "INTEGER",
                nullable: false,
                defaultValue: false,
                comment: "Coarse");
        }
    }
}
