using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Processing;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Processing;

/// <summary>The record of processing leaves no purpose, no special-category field and no class of the schedule out (D2, D5).</summary>
public class ProcessingFacts
{
    [Fact]
    public void EveryPurpose_HasItsLine_Once() => Assert.Equal(Enum.GetValues<Purpose>().Except([Purpose.Unknown]), ProcessingRegister.All.Select(one => one.Purpose));

    [Fact]
    public void PurposeWithSpecialFields_NamesItsCondition_AndOneWithoutFieldsNone() =>
        Assert.All(ProcessingRegister.All, one => Assert.Equal(one.Fields.Any(field => field.Class == FieldClass.Special), one.SpecialCondition is not null));

    [Fact]
    public void EveryClassOfTheSchedule_BelongsToAPurpose_WithItsPeriodInForce()
    {
        Assert.Empty(RetentionCodes.All.Except(ProcessingRegister.All.SelectMany(one => one.Classes)));
        Assert.All(ProcessingRegister.All, one => Assert.DoesNotContain(one.Kept(Shipped.Schedule), line => line.EndsWith("not in the schedule", StringComparison.Ordinal)));
    }

    [Fact]
    public void Row_HasACellForEachHeading() => Assert.All(ProcessingRegister.All, one => Assert.Equal(ProcessingRegister.Headings.Length, ProcessingRegister.Row(one, Shipped.Schedule).Count(cell => cell.Length > 0)));
}
