using Microsoft.Extensions.Configuration.Json;

namespace Wdfis.Portal;

/// <summary>
/// The top-level appsettings.json. The host looks for it in the project folder; ours stands beside the solution, and beside
/// the executable once published. It goes in first, so that environment variables and the command line still win.
/// </summary>
internal static class Settings
{
    public const string FileName = "appsettings.json";

    private static readonly string[] Required = ["Storage:Folder", "Service:Name", "Service:ShortName", "Urls"];

    /// <summary>Adds the file and returns the folder in which it stands: relative paths in it start there.</summary>
    public static string AddTopLevelSettings(this IConfigurationManager configuration, string contentRoot)
    {
        string[] places = [contentRoot, Path.Combine(contentRoot, ".."), AppContext.BaseDirectory];
        var folder = places.Select(Path.GetFullPath).FirstOrDefault(place => File.Exists(Path.Combine(place, FileName)))
            ?? throw new StartRefused($"No {FileName} was found beside the solution or beside the executable.");
        var source = new JsonConfigurationSource { Path = Path.Combine(folder, FileName), Optional = false, ReloadOnChange = false };
        source.ResolveFileProvider();
        configuration.Sources.Insert(0, source);
        return folder;
    }

    /// <summary>Stops the start when a key that nothing can do without is missing or empty.</summary>
    public static void RefuseMissing(this IConfiguration configuration)
    {
        var missing = Required.Where(key => string.IsNullOrWhiteSpace(configuration[key])).ToArray();
        if (missing.Length > 0)
            throw new StartRefused($"Configuration is missing {string.Join(", ", missing)}. Add it to {FileName} or to the environment ({missing[0].Replace(":", "__", StringComparison.Ordinal)}).");
    }
}

/// <summary>The portal cannot start; the message is one plain sentence for whoever starts it.</summary>
internal sealed class StartRefused(string sentence) : Exception(sentence);
