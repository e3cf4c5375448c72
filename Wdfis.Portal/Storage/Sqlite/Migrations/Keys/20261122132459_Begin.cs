using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Keys
{
    /// <inheritdoc />
    public partial class Begin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "key",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical"),
                    unit = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Pseudonym"),
                    version = table.Column<int>(type: "INTEGER", nullable: false, comment: "Technical"),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: true, comment: "WrappedKey"),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Technical"),
                    erased_at = table.Column<long>(type: "INTEGER", nullable: true, comment: "Technical")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_key", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "root",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false, comment: "Technical"),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "WrappedKey")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_root", x => x.name);
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

            migrationBuilder.CreateIndex(
                name: "key_unit",
                table: "key",
                column: "unit",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "key");

            migrationBuilder.DropTable(
                name: "root");

            migrationBuilder.DropTable(
                name: "stamp");
        }
    }
}
