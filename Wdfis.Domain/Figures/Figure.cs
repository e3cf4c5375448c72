namespace Wdfis.Domain.Figures;

/// <summary>
/// A count without a person in it: a name of two dimensions at most (service and one more), the month and the value,
/// so three dimensions altogether. Written instead of a record, or when a record goes (D5).
/// </summary>
/// <param name="Name">For instance <c>enquiries/families-information/topic/childcare-search</c>; codes only.</param>
/// <param name="Month">The first day of the month.</param>
/// <param name="Value">How many.</param>
public sealed record Figure(string Name, DateOnly Month, long Value = 1);
