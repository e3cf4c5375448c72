using Wdfis.Portal.Access;

namespace Wdfis.Portal.Shell;

/// <summary>What the command prints when the portal listens: where to go and, in Development, who can sign in.</summary>
internal static class Announcement
{
    public static void Write(WebApplication app)
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        Console.WriteLine();
        Console.WriteLine($"WDFIS portal: {address}");
        if (!app.Services.GetRequiredService<DevelopmentSignInSettings>().On)
            return;
        Console.WriteLine($"Development sign-in: {address}/sign-in, as one of these synthetic colleagues:");
        foreach (var colleague in DevelopmentColleagues.All)
            Console.WriteLine($"  {colleague.DisplayName,-16} {RoleWords.Of(colleague)}");
        Console.WriteLine($"The published policy, for everybody: {address}/policy");
        Console.WriteLine("Stop with Ctrl+C.");
    }
}
