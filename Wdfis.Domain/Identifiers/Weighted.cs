namespace Wdfis.Domain.Identifiers;

/// <summary>The weighted sums under check digits.</summary>
internal static class Weighted
{
    /// <summary>Each digit times its weight, the first weight stepping by <paramref name="step"/>.</summary>
    public static int Sum(ReadOnlySpan<char> digits, int first, int step)
    {
        var sum = 0;
        foreach (var digit in digits)
        {
            sum += (digit - '0') * first;
            first += step;
        }
        return sum;
    }
}
