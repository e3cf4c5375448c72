using Bunit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Enquiries;

namespace Wdfis.Tests.Features.Enquiries;

public sealed class SayColumnTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NothingSaid_ShowsEachLineWithItsKey()
    {
        var column = Show([]);
        Assert.Equal(4, column.FindAll("q").Count);
        Assert.Equal(["1", "2", "3", "4", "5"], column.FindAll("[data-key]").Select(button => button.GetAttribute("data-key")));
        Assert.All(column.FindAll("[aria-pressed]"), button => Assert.Equal("false", button.GetAttribute("aria-pressed")));
    }

    [Fact]
    public void LineSaid_IsTickedWithTheVersion()
    {
        var column = Show(new() { ["said-confidential"] = Now.AddMinutes(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal("true", column.Find("[data-key='1']").GetAttribute("aria-pressed"));
        Assert.Contains("policy 2026.1", column.Find(".say.done").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void LineSaidInTheFuture_CountsAsNotSaid() =>
        Assert.Equal("false", Show(new() { ["said-confidential"] = Now.AddDays(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture) }).Find("[data-key='1']").GetAttribute("aria-pressed"));

    [Fact]
    public void RingBack_AsksForDayAndTime()
    {
        var column = Show(new() { ["privacy"] = "ring-back" });
        Assert.NotNull(column.Find("input[type=date][name=slot-on]"));
        Assert.NotNull(column.Find("input[type=time][name=slot-at]"));
    }

    [Fact]
    public void ToldAlready_IsOneLineAndOneKey()
    {
        var person = new PersonId(Guid.CreateVersion7());
        var told = ToldState.For(person, ToldState.Everything.Select(what => new Telling
        {
            Person = person,
            Version = new PolicyNumber(2026, 1),
            What = what,
            How = ToldHow.ReadAloud,
            At = Now.AddDays(-6),
            By = ColleagueId.Portal,
        }), [new PolicyVersion(new PolicyNumber(2026, 1), new DateOnly(2026, 1, 1), true)], new DateOnly(2026, 3, 9));
        var column = Show([], told);
        Assert.Contains("Told of policy 2026.1 on 3 March 2026.", column.Markup, StringComparison.Ordinal);
        Assert.Equal(["1", "4", "5"], column.FindAll("[data-key]").Select(button => button.GetAttribute("data-key")));
    }

    [Fact]
    public void Tick_RaisesTheLine()
    {
        ScriptLine? said = null;
        var column = Render<SayColumn>(parameters => parameters.Add(p => p.Call, new Call(new Dictionary<string, string>())).Add(p => p.Now, Now).Add(p => p.OnSaid, line => said = line));
        column.Find("[data-key='2']").Click();
        Assert.Equal("your-information", said!.Id);
    }

    private IRenderedComponent<SayColumn> Show(Dictionary<string, string> fields, ToldState? told = null) =>
        Render<SayColumn>(parameters => parameters.Add(p => p.Call, new Call(fields)).Add(p => p.Now, Now).Add(p => p.Version, "2026.1").Add(p => p.Told, told));
}
