namespace Wdfis.Portal.Components;

/// <summary>Says in a corner, and to a screen reader, that something was done. Pages take it as a cascading parameter; never personal content.</summary>
internal delegate void Notice(string words);
