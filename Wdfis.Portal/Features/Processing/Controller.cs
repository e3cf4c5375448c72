using System.Globalization;
using Wdfis.Domain.Calendar;

namespace Wdfis.Portal.Features.Processing;

/// <summary>Whose processing it is (Article 30(1)(a)) and the dates of its appropriate policy document, from the section <c>Processing</c>.</summary>
internal static class Controller
{
    /// <summary>Each with its heading, in the order of the record. What nobody has stated says so.</summary>
    public static IReadOnlyList<(string Heading, string Text)> Lines(IConfiguration settings)
    {
        string Stated(string name) => settings[$"Processing:{name}"] is { Length: > 0 } text ? text : $"not stated yet (setting Processing:{name})";
        string Day(string name) => On(settings, name) is { } on ? on.Words() : $"on a day that is not stated yet (setting Processing:{name})";
        return
        [
            ("Controller", Stated("Controller")),
            ("Joint controllers", settings["Processing:JointControllers"] is { Length: > 0 } joint ? joint : "None"),
            ("Data protection officer", Stated("Officer")),
            ("Appropriate policy document", $"adopted {Day("PolicyDocument:AdoptedOn")}, to be reviewed {Day(Review)}; kept until six months after the processing ends"),
        ];
    }

    /// <summary>When the appropriate policy document is to be reviewed; null while nobody has stated a day.</summary>
    public static DateOnly? ReviewOn(IConfiguration settings) => On(settings, Review);

    private const string Review = "PolicyDocument:ReviewOn";

    private static DateOnly? On(IConfiguration settings, string name) => DateOnly.TryParseExact(settings[$"Processing:{name}"], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : null;
}
