using Microsoft.AspNetCore.Builder;

namespace Wdfis.Bench.Template;

/// <summary>The application of the template, as it is made.</summary>
public static class Template
{
    public static Task Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app.RunAsync();
    }
}
