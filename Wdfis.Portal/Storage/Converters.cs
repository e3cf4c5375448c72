using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Portal.Storage;

/// <summary>The one way in which ids and instants are stored: 16 big-endian bytes, UTC ticks. Dates are ISO text by default.</summary>
internal static class Converters
{
    internal static void Apply(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<UnitId>().HaveConversion<Unit>();
        conventions.Properties<ColleagueId>().HaveConversion<Colleague>();
        conventions.Properties<SessionId>().HaveConversion<Session>();
        conventions.Properties<DateTimeOffset>().HaveConversion<Instant>();
    }

    private sealed class Unit() : ValueConverter<UnitId, byte[]>(id => id.ToBytes(), bytes => UnitId.FromBytes(bytes));

    private sealed class Colleague() : ValueConverter<ColleagueId, byte[]>(id => id.Value.ToByteArray(true), bytes => new ColleagueId(new Guid(bytes, true)));

    private sealed class Session() : ValueConverter<SessionId, byte[]>(id => id.ToBytes(), bytes => new SessionId(new Guid(bytes, true)));

    private sealed class Instant() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
