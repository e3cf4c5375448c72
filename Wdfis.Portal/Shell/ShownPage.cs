namespace Wdfis.Portal.Shell;

/// <summary>
/// The page that the address leads to now. Asked for, and never told: whoever stood around a page and drew again at the news alone would draw
/// the next page before it was said whether the colleague may see it.
/// </summary>
internal delegate Microsoft.AspNetCore.Components.RouteData? ShownPage();
