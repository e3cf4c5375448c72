using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Processing;
using Wdfis.Domain.Retention;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Domain.Processing;

/// <summary>What the record of processing says of people, data and periods is counted from the catalogue and the schedule (D2, D5; field-guide.md section 11).</summary>
public class ProcessingRows
{
    [Fact]
    public void People_AreEachSortOnce_AndDataTheWholeCatalogueOfThePurpose()
    {
        string[] people = ["parents, carers and others who ask", "children and young people", "others who are named", "colleagues"], data = ["about our own work", "personal", "handled as special category", "special category", "keeps somebody safe"];
        Assert.All(ProcessingRegister.All, one =>
        {
            var fields = FieldCatalogue.All.Where(field => field.Purposes.Contains(one.Purpose)).ToList();
            Assert.Equal(fields, one.Fields);
            Assert.Equal(fields.Select(field => field.About).ToHashSet().Count, one.People.Count());
            Assert.Equal(people.Where(one.People.Contains), one.People);
            var counted = one.Data.Select(line => (Of: line[..line.LastIndexOf(" (", StringComparison.Ordinal)], Count: int.Parse(line[(line.LastIndexOf('(') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture))).ToList();
            Assert.Equal(fields.Count, counted.Sum(line => line.Count));
            Assert.Equal(data.Where(counted.Select(line => line.Of).Contains), counted.Select(line => line.Of));
            Assert.All(counted, line => Assert.Equal(fields.Count(field => (int)field.Class == Array.IndexOf(data, line.Of) + (int)Enum.GetValues<FieldClass>().Min()), line.Count));
            // Both conditions that we use are of Schedule 1, and both ask for a policy document.
            Assert.Equal(one.SpecialCondition is not null, one.NeedsPolicyDocument);
        });
    }

    [Fact]
    public void Row_SaysItsPeriods_WhetherConfirmedAndWhatIsMissing()
    {
        var counting = ProcessingRegister.All.Single(one => one.Purpose == Purpose.Statistics);
        var line = Shipped.Schedule.Find(RetentionCodes.FisAnonymous)!;
        Schedule With(RetentionClass changed) => Schedule.Create(1, [changed]);
        Assert.Equal([$"{line.Title}: two years (to be confirmed)"], counting.Kept(With(line)));
        Assert.Equal([$"{line.Title}: two years"], counting.Kept(With(line with { Confirmed = true })));
        Assert.Equal(["fis-anonymous: not in the schedule"], counting.Kept(With(line with { Code = "other" })));
        var row = ProcessingRegister.Row(counting with { Classes = [] }, Shipped.Schedule);
        Assert.Equal(("None", ""), (row[3], row[8]));
        Assert.Equal(counting.Fields.IsEmpty ? ("nobody: counts alone", "none") : (string.Join("; ", counting.People), string.Join("; ", counting.Data)), (row[4], row[5]));
        var advising = ProcessingRegister.All.Single(one => one.Purpose == Purpose.Advise);
        Assert.Equal(string.Join("; ", advising.People), ProcessingRegister.Row(advising, Shipped.Schedule)[4]);
    }
}
