namespace Wdfis.Domain.Retention;

/// <summary>The names of the figures from which the trend is drawn (D5): <c>retention/created/families-information</c>. Written as acts happen.</summary>
public static class RetentionTrend
{
    /// <summary>What all of them begin with; then one of the words below, a slash, and the service's code.</summary>
    public const string Prefix = "retention/";
    /// <summary>Records made in the month; drafts are none.</summary>
    public const string Created = "created";
    /// <summary>Records destroyed in the month, for whatever reason.</summary>
    public const string Disposed = "disposed";
    /// <summary>Records that somebody decided to keep longer.</summary>
    public const string Extended = "extended";
}
