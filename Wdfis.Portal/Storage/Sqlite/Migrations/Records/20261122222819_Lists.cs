using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "unit_due",
                table: "unit");

            migrationBuilder.DropIndex(
                name: "unit_not_told",
                table: "unit");

            migrationBuilder.DropIndex(
                name: "unit_private_promised",
                table: "unit");

            migrationBuilder.CreateIndex(
                name: "unit_kind",
                table: "unit",
                columns: new[] { "kind", "state", "due_on", "service" });

            migrationBuilder.CreateIndex(
                name: "unit_not_told",
                table: "unit",
                columns: new[] { "kind", "service", "not_told" },
                filter: "not_told = 1");

            migrationBuilder.CreateIndex(
                name: "unit_private_promised",
                table: "unit",
                columns: new[] { "kind", "service", "private_promised" },
                filter: "private_promised = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "unit_kind",
                table: "unit");

            migrationBuilder.DropIndex(
                name: "unit_not_told",
                table: "unit");

            migrationBuilder.DropIndex(
                name: "unit_private_promised",
                table: "unit");

            migrationBuilder.CreateIndex(
                name: "unit_due",
                table: "unit",
                column: "due_on",
                filter: "due_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "unit_not_told",
                table: "unit",
                column: "not_told",
                filter: "not_told = 1");

            migrationBuilder.CreateIndex(
                name: "unit_private_promised",
                table: "unit",
                column: "private_promised",
                filter: "private_promised = 1");
        }
    }
}
