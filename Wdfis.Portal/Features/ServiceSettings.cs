using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Retention;

namespace Wdfis.Portal.Features;

/// <summary>
/// The council's own choices, from appsettings.json, which ships what to begin with: the retention schedule (<c>Retention</c>), bank holidays
/// beside the built-in list (<c>Calendar</c>), the descriptor of OFFICIAL-SENSITIVE (<c>Marking</c>). There are no second defaults in the
/// code: what is missing or wrong stops the start with a sentence that names the setting and says what is allowed.
/// </summary>
internal static class ServiceSettings
{
    private static readonly string[] OfAClass = ["Title", "Trigger", "Period", "Action", "ShortRoad", "Source", "ToBeConfirmed"];
    private static readonly string[] MayHave = ["Floor", "Ceiling"];

    public static Schedule Schedule(IConfiguration configuration)
    {
        var section = configuration.GetSection("Retention");
        var from = Day(section.GetSection("ValidFrom"));
        var classes = section.GetSection("Classes").GetChildren().ToArray();
        if (RetentionCodes.All.Except(classes.Select(line => line.Key)).ToArray() is [_, ..] missing)
            throw new StartRefused($"Configuration is missing {string.Join(", ", missing.Select(code => $"Retention:Classes:{code}"))}: until when such records are kept. Add it to {Settings.FileName}, with {string.Join(", ", OfAClass)}.");
        var lines = classes.Select(line => new RetentionClass
        {
            Code = line.Key,
            Title = line["Title"] ?? "",
            Trigger = OneOf<RetentionTrigger>(line.GetSection("Trigger")),
            Period = Period(line.GetSection("Period")),
            Action = OneOf<DisposalAction>(line.GetSection("Action")),
            ShortRoad = YesOrNo(line.GetSection("ShortRoad")),
            Source = line["Source"] ?? "",
            Confirmed = !YesOrNo(line.GetSection("ToBeConfirmed")),
            ValidFrom = from,
        }).ToArray();
        if (classes.SelectMany(line => line.GetChildren()).FirstOrDefault(member => !OfAClass.Concat(MayHave).Contains(member.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new StartRefused($"The setting {unknown.Path} is not known. Allowed there: {string.Join(", ", OfAClass.Concat(MayHave))}.");
        var bounds = Bounds(configuration);
        if (Wdfis.Domain.Retention.Schedule.Check(lines, bounds) is [var problem, ..])
            throw new StartRefused($"The setting Retention:Classes:{problem.Field} cannot be used. {problem.Sentence}");
        return Wdfis.Domain.Retention.Schedule.Create(1, lines, bounds);
    }

    /// <summary>Within what a period of the schedule may lie: <c>Retention:Floor</c> and <c>Retention:Ceiling</c>, and those of single classes.</summary>
    public static PeriodBounds Bounds(IConfiguration configuration)
    {
        var section = configuration.GetSection("Retention");
        var all = new PeriodBounds(Period(section.GetSection("Floor")), Period(section.GetSection("Ceiling")));
        RetentionPeriod Own(IConfigurationSection setting, RetentionPeriod general) => setting.Exists() ? Period(setting) : general;
        return all with
        {
            ByClass = section.GetSection("Classes").GetChildren().ToImmutableDictionary(line => line.Key, line => new PeriodBounds(Own(line.GetSection("Floor"), all.Floor), Own(line.GetSection("Ceiling"), all.Ceiling))),
        };
    }

    /// <summary>For how long a contact pauses disposal: <c>Retention:PauseAfterContact</c>.</summary>
    public static ContactPause ContactPause(IConfiguration configuration) => new(Period(configuration.GetSection("Retention:PauseAfterContact")));

    public static DisposalTerms Disposal(IConfiguration configuration)
    {
        var section = configuration.GetSection("Disposal");
        int Number(string name, string allowed) => int.TryParse(section[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refused(section.GetSection(name), allowed);
        var terms = new DisposalTerms { CoolingOffDays = Number("CoolingOffDays", "0 to 90 days"), SamplePercent = Number("SamplePercent", "1 to 100 percent") };
        if (DisposalTerms.Check(terms) is { } problem)
            throw Refused(section.GetSection(problem.Field), problem.Sentence);
        return terms;
    }

    public static BankHolidays BankHolidays(IConfiguration configuration)
    {
        var section = configuration.GetSection("Calendar");
        IEnumerable<BankHolidayChange> Days(string name, bool removed) =>
            section.GetSection(name).GetChildren().Select(day => new BankHolidayChange(Day(day, day.Key), day.Value ?? "", removed));
        BankHolidayChange[] changes = [.. Days("BankHolidays", removed: false), .. Days("NotBankHolidays", removed: true)];
        if (Wdfis.Domain.Calendar.BankHolidays.Check(changes) is [var problem, ..])
            throw new StartRefused($"The settings Calendar:BankHolidays and Calendar:NotBankHolidays cannot be used, at {problem.Field}. {problem.Sentence}");
        var known = section.GetSection("KnownUntil");
        var until = Day(known);
        return until >= Wdfis.Domain.Calendar.BankHolidays.PublishedUntil
            ? Wdfis.Domain.Calendar.BankHolidays.Create(changes, until)
            : throw Refused(known, $"{Wdfis.Domain.Calendar.BankHolidays.PublishedUntil:O}, up to which the list is built in, or a later day up to which somebody has compared it with the published one");
    }

    public static string Descriptor(IConfiguration configuration)
    {
        var setting = configuration.GetSection("Marking:Descriptor");
        return Marking.IsDescriptor(setting.Value) ? setting.Value! : throw Refused(setting, "capital letters, digits, spaces and hyphens, as in PERSONAL");
    }

    private static DateOnly Day(IConfigurationSection setting, string? text = null) =>
        DateOnly.TryParseExact(text ?? setting.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Refused(setting, "a date written year-month-day, as in 2026-09-01");

    private static RetentionPeriod Period(IConfigurationSection setting) =>
        RetentionPeriod.TryParse(setting.Value, out var period) ? period : throw Refused(setting, "a number with days, months or years, as in 2 years");

    private static T OneOf<T>(IConfigurationSection setting) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(setting.Value, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found) : throw Refused(setting, string.Join(", ", Enum.GetNames<T>()));

    private static bool YesOrNo(IConfigurationSection setting) => bool.TryParse(setting.Value, out var yes) ? yes : throw Refused(setting, "true, false");

    private static StartRefused Refused(IConfigurationSection setting, string allowed) =>
        new($"The setting {setting.Path} {(string.IsNullOrWhiteSpace(setting.Value) ? "is missing" : "cannot be used")}. Allowed: {allowed}.");
}
