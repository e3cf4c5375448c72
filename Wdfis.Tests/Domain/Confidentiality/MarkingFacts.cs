using Wdfis.Domain.Confidentiality;

namespace Wdfis.Tests.Domain.Confidentiality;

public class MarkingFacts
{
    [Fact]
    public void Stricter_InAnyOrder_IsTheHigher_AndUnknownBeatsAll()
    {
        Marking[] rising = [Marking.None, Marking.Official, Marking.OfficialSensitive("PERSONAL"), Marking.Unknown];
        for (var a = 0; a < rising.Length; a++)
        {
            for (var b = 0; b < rising.Length; b++)
                Assert.Equal(rising[Math.Max(a, b)], Marking.Stricter(rising[a], rising[b]));
        }
        // What nobody has marked is the value that is there without anybody's doing.
        Assert.Equal(Marking.Unknown, rising.Aggregate(default(Marking), Marking.Stricter));
    }
}
