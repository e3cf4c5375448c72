using Microsoft.Extensions.Configuration;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Features;

public class ServiceSettingsTests
{
    [Theory]
    [InlineData("2 years", "Kept until 31 March 2028, because Families Information enquiries are kept two years from the end of the financial year in which they close.")]
    [InlineData("18 months", "Kept until 30 September 2027, because Families Information enquiries are kept eighteen months from the end of the financial year in which they close.")]
    public async Task Schedule_WithAnotherPeriod_ChangesWhatTheAdviserReads(string period, string sentence)
    {
        await using var room = await FamilyRoom.Start(settings: Shipped.Settings(("Retention:Classes:fis-enquiry:Period", period)));
        Assert.Equal(sentence, room.Get<EnquiryDesk>().KeptUntil(Service.FamiliesInformation, 1, Wdfis.Domain.Anonymity.Rung.Named, null).Sentence);
    }

    [Theory]
    [InlineData("Retention:Classes:fis-enquiry:Period", "2 fortnights", "as in 2 years")]
    [InlineData("Retention:Classes:fis-enquiry:Period", "900 years", "between one day and 100 years")]
    [InlineData("Retention:Classes:audit:Period", "5 years", "between six years and 100 years")]
    [InlineData("Retention:Classes:draft:Period", "1 year", "between one day and ninety days")]
    [InlineData("Retention:Classes:fis-enquiry:ShortRoad", "", "true, false")]
    [InlineData("Retention:Classes:pp-case:Period", "18 months", "whole years")]
    [InlineData("Retention:Classes:fis-enquiry:Trigger", "Sometime", "LastContact, EndOfFinancialYearOfClosure")]
    [InlineData("Retention:Classes:fis-enquiry:Trigger", "1", "LastContact, EndOfFinancialYearOfClosure")]
    [InlineData("Retention:Classes:fis-enquiry:Action", "", "Destroy, AnonymiseAndKeepStatistic, PassOn")]
    [InlineData("Retention:Classes:fis-enquiry:ToBeConfirmed", "perhaps", "true, false")]
    [InlineData("Retention:Classes:fis-enquiry:Source", " ", "where the period comes from")]
    [InlineData("Retention:Classes:fis-enquiry:Perod", "3 years", "Title, Trigger, Period")]
    [InlineData("Retention:ValidFrom", "1/9/26", "as in 2026-09-01")]
    [InlineData("Calendar:KnownUntil", "2027-12-31", "2028-12-31")]
    [InlineData("Calendar:BankHolidays:14 June 2027", "Royal wedding", "as in 2026-09-01")]
    [InlineData("Calendar:NotBankHolidays:2027-06-15", "Moved", "no bank holiday")]
    [InlineData("Marking:Descriptor", "Personal", "as in PERSONAL")]
    [InlineData("EnquiryLists:Topics:0:Services:0", "families-informaton", "families-information")]
    [InlineData("EnquiryLists:topics:0:Code", "No such code!", "")]
    public void Setting_ThatCannotBeUsed_RefusesTheStartAndSaysWhatIsAllowed(string key, string value, string allowed)
    {
        var refused = Assert.Throws<StartRefused>(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddFeatures(Shipped.Settings((key, value))));
        Assert.Contains(key[..key.LastIndexOf(':')], refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_FromSettings_AreWhatEachServiceOffers()
    {
        (string, string?)[] settings = [.. new[] { "Topics", "Channels", "Outcomes" }.SelectMany(list => new (string, string?)[]
        {
            ($"EnquiryLists:{list}:0:Code", "toy-library"), ($"EnquiryLists:{list}:0:Label", "The toy library"), ($"EnquiryLists:{list}:0:Services:0", "families-information"),
            ($"EnquiryLists:{list}:1:Code", "other"), ($"EnquiryLists:{list}:1:Label", "Something else"), ($"EnquiryLists:{list}:1:Services:0", "parent-partnership"),
        })];
        await using var room = await FamilyRoom.Start(settings: Shipped.Settings(settings));
        var lists = room.Get<Wdfis.Domain.Enquiries.EnquiryLists>();
        Assert.All([lists.TopicsOf(Service.FamiliesInformation), lists.ChannelsOf(Service.FamiliesInformation), lists.OutcomesOf(Service.FamiliesInformation)],
            offered => Assert.Equal(("toy-library", "The toy library"), (Assert.Single(offered).Code, offered[0].Label)));
        Assert.Empty(lists.TopicsOf(Service.ChoiceAdvice));
        Assert.NotNull(lists.CheckTopic(Service.FamiliesInformation, "childcare-search"));
    }

    [Fact]
    public void Schedule_WithoutItsSection_IsRefusedAndNamesEveryClass()
    {
        var without = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Retention:ValidFrom", "2026-09-01")]).Build();
        Assert.StartsWith("Configuration is missing Retention:Classes:fis-enquiry, Retention:Classes:fis-anonymous,", Assert.Throws<StartRefused>(() => ServiceSettings.Schedule(without)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BankHolidays_FromSettings_ExtendTheListAndItsEnd()
    {
        var extended = new WorkingDays(ServiceSettings.BankHolidays(Shipped.Settings(("Calendar:BankHolidays:2027-06-14", "Royal wedding"), ("Calendar:KnownUntil", "2029-12-31"))));
        var shipped = new WorkingDays(ServiceSettings.BankHolidays(Shipped.Settings()));
        Assert.Equal(("Royal wedding", null), (extended.WhyNot(new DateOnly(2027, 6, 14)), shipped.WhyNot(new DateOnly(2027, 6, 14))));
        Assert.Equal((true, false), (extended.Add(new DateOnly(2028, 12, 29), 3).Certain, shipped.Add(new DateOnly(2028, 12, 29), 3).Certain));
    }

    [Fact]
    public async Task Descriptor_FromSettings_StandsOnWhatIsMarkedFromNowOn()
    {
        await using var room = await FamilyRoom.Start(settings: Shipped.Settings(("Marking:Descriptor", "PERSONAL DATA")));
        Assert.Equal("OFFICIAL-SENSITIVE [PERSONAL DATA]", Marking.Sensitive.Described(room.Get<Envelopes>().Sensitive.Descriptor!).ToString());
        Assert.Equal("OFFICIAL-SENSITIVE [LOCSEN]", Marking.OfficialSensitive("LOCSEN").Described("PERSONAL DATA").ToString());
    }
}
