using Wdfis.Domain.Confidentiality;

namespace Wdfis.Tests.Support;

/// <summary>What a refusal names.</summary>
internal static class Refusals
{
    /// <summary>The fields of all problems, in order and with a space between; empty when it was accepted.</summary>
    public static string Fields<T>(this Checked<T> got) where T : class => string.Join(' ', got.Problems.Select(problem => problem.Field));

    /// <summary>True for one refusal that concerns the whole form: it is not this act's turn.</summary>
    public static bool NotItsTurn<T>(this Checked<T> got) where T : class => got.Problems is [{ Field: "" }];
}
