using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wdfis.Portal.Storage;

/// <summary>How much a stored column would tell somebody who holds the file alone.</summary>
internal enum Sensitivity
{
    /// <summary>Nothing about anybody: numbers, stamps, machine states.</summary>
    Technical,

    /// <summary>A random id: says that two rows belong together.</summary>
    Pseudonym,

    /// <summary>A coarse fact by which colleagues on duty may sort; says of nobody who they are.</summary>
    Coarse,

    /// <summary>About a colleague in their work.</summary>
    Staff,

    /// <summary>Sealed with the unit's key: unreadable without it.</summary>
    Sealed,

    /// <summary>A key wrapped under the root key: whoever has both files and the key-encryption key reads all.</summary>
    WrappedKey,
}

internal static class SensitivityMapping
{
    /// <summary>States what the column tells; an architecture fact fails a column without it.</summary>
    internal static PropertyBuilder<T> Sensitivity<T>(this PropertyBuilder<T> column, Sensitivity sensitivity) =>
        column.HasComment(sensitivity.ToString());
}
