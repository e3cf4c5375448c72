using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Colleagues;
using Wdfis.Domain.Confidentiality;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Support.StrongroomFixture;

namespace Wdfis.Tests.Domain.Colleagues;

public class RoleGrantTests
{
    private static readonly Stamp Now = new(Lead.Id, new DateTimeOffset(2026, 3, 9, 10, 0, 0, TimeSpan.Zero));

    private static RoleGrant Row(DateOnly from, DateOnly? until, ColleagueId? approvedBy, DateTimeOffset? endedAt = null) =>
        RoleGrant.Restore(7, Adviser.Id, Role.Adviser, [Service.ChoiceAdvice], from, until, null, Lead.Id, approvedBy, endedAt is null ? null : Lead.Id, endedAt);

    [Fact]
    public void Row_OnAnyDay_CountsOnlyApprovedNotEndedAndBothEndsIncluded()
    {
        var days = Gen.Choose(-40, 40).Select(Now.On.AddDays);
        var any = from begin in days
                  from length in Gen.Choose(-1, 40)
                  from today in days
                  from approved in Gen.Elements(true, false)
                  from ended in Gen.Elements(true, false)
                  select (begin, length, today, approved, ended);
        Prop.ForAll(any.ToArbitrary(), one =>
        {
            var until = one.length < 0 ? (DateOnly?)null : one.begin.AddDays(one.length);
            var expected = one.approved && !one.ended && one.today.DayNumber >= one.begin.DayNumber && (until is null || one.today.DayNumber <= until.Value.DayNumber);
            return Row(one.begin, until, one.approved ? Officer.Id : null, one.ended ? Now.At : null).Counts(one.today) == expected;
        }).Hold();
    }

    [Fact]
    public void Approval_ByAnybody_NeedsAThirdPerson()
    {
        var row = Row(Now.On, null, null);
        foreach (var by in (Colleague[])[Adviser, OtherAdviser, Lead, Officer])
            Assert.Equal(by.Id == row.Colleague || by.Id == row.GrantedBy, row.RefuseApproval(by.Id) is not null);
        Assert.NotNull(Row(Now.On, null, Officer.Id).RefuseApproval(OtherAdviser.Id));
        Assert.NotNull(Row(Now.On, null, null, Now.At).RefuseApproval(Officer.Id));
    }

    [Fact]
    public void Grant_ThatIsWrong_SaysEveryProblem()
    {
        string[] Fields(Checked<RoleGrant> made) => [.. made.Problems.Select(problem => problem.Field)];
        var yesterday = Now.On.AddDays(-1);
        Assert.Equal([""], Fields(RoleGrant.Create(Lead.Id, Role.Adviser, [Service.ChoiceAdvice], Now.On, null, null, Now)));
        Assert.Equal(["role.role", "role.services", "role.from"], Fields(RoleGrant.Create(Adviser.Id, null, [], yesterday, null, null, Now)));
        Assert.Equal(["role.until"], Fields(RoleGrant.Create(Adviser.Id, Role.Adviser, [Service.ChoiceAdvice], Now.On, yesterday, null, Now)));
        Assert.Equal(["role.deputy", "role.until"], Fields(RoleGrant.Create(Adviser.Id, Role.TeamLead, [Service.ChoiceAdvice], Now.On, null, Adviser.Id, Now)));
        var granted = RoleGrant.Create(Adviser.Id, Role.TeamLead, [Service.ChoiceAdvice], Now.On, Now.On, Officer.Id, Now).OrThrow();
        Assert.True(granted.Waits);
        Assert.False(granted.Counts(Now.On));
    }
}
