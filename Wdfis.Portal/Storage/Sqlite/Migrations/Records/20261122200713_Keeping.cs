using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wdfis.Portal.Storage.Sqlite.Migrations.Records
{
    /// <inheritdoc />
    public partial class Keeping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "birth_unknown",
                table: "unit",
                type: "INTEGER",
                nullable: false,
                defaultValue: false,
                comment: "Coarse");

            migrationBuilder.AddColumn<DateOnly>(
                name: "born_by",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");

            migrationBuilder.AddColumn<DateOnly>(
                name: "closed_on",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");

            migrationBuilder.AddColumn<DateOnly>(
                name: "contact_on",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");

            migrationBuilder.AddColumn<DateOnly>(
                name: "ended_on",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");

            migrationBuilder.AddColumn<int>(
                name: "keep_version",
                table: "unit",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1,
                comment: "Technical");

            migrationBuilder.AddColumn<DateOnly>(
                name: "not_before",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");

            migrationBuilder.AddColumn<DateOnly>(
                name: "opened_on",
                table: "unit",
                type: "TEXT",
                nullable: true,
                comment: "Coarse");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "birth_unknown",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "born_by",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "closed_on",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "contact_on",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "ended_on",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "keep_version",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "not_before",
                table: "unit");

            migrationBuilder.DropColumn(
                name: "opened_on",
                table: "unit");
        }
    }
}
