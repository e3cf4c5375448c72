using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Features;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Strongroom;
using Wdfis.Tests.Features.Consent;
using Wdfis.Tests.Strongroom;
using Wdfis.Tests.Support;

namespace Wdfis.Tests.Access
{
    public class ServiceGuardTests
    {
        internal static IEnumerable<Type> Services { get; } = [.. new ServiceCollection().AddFeatures(Shipped.Settings()).Select(service => service.ImplementationType ?? service.ServiceType), typeof(ColleagueTable), typeof(Sessions)];

        internal static readonly (MethodInfo Method, Entitlement Needs)[] Methods =
            [.. ServiceGuard.Methods(Services).Where(method => ServiceGuard.Needs(method) is not null).Select(method => (method, ServiceGuard.Needs(method)!.Value))];

        private static Colleague As(params Role[] roles) => StrongroomFixture.Adviser with { Roles = [.. roles] };

        [Fact]
        public void Entitlements_AllOfThem_HaveAName() =>
            Assert.Equal(Enum.GetNames<Entitlement>().Except([nameof(Entitlement.SeeWhoOpened)]).Order(), typeof(May).GetNestedTypes().Select(type => type.Name).Order());

        [Fact]
        public void ServiceGuard_PlantedOffenders_AreFoundAndTheStartRefused()
        {
            Assert.Equal(["Named", "Nobody", "Read"], ServiceGuard.Undeclared([typeof(Wdfis.Portal.Features.Planted.PlantedDesk)]).Select(method => method.Name).Order());
            var refused = Assert.Throws<InvalidOperationException>(() => ServiceGuard.RefuseUndeclared(new ServiceCollection().AddSingleton<Wdfis.Portal.Features.Planted.PlantedDesk>()));
            Assert.Contains("PlantedDesk.Read", refused.Message, StringComparison.Ordinal);
        }

        /// <summary>Each is called as any caller's code calls it, on a desk that has nothing: what is not refused at once falls over.</summary>
        [Fact]
        public void ServiceMethods_CalledForEachRoleThatLacksTheEntitlement_RefuseBeforeAnythingElse()
        {
            Assert.True(Methods.Length > 150, $"{Methods.Length} methods");
            foreach (var (method, needs) in Methods)
            {
                foreach (var who in Enum.GetValues<Role>().Select(role => As(role)).Append(As()).Where(who => !who.May(needs)))
                {
                    var written = 0;
                    var errand = StrongroomFixture.For(who) with { Refused = _ => written++ };
                    var desk = Expression.Constant(RuntimeHelpers.GetUninitializedObject(method.DeclaringType!));
                    var open = method.IsGenericMethodDefinition ? method.MakeGenericMethod(method.GetGenericArguments().Select(_ => typeof(object)).ToArray()) : method;
                    var call = Expression.Lambda<Action>(Expression.Block(Expression.Call(desk, open, open.GetParameters().Select(parameter =>
                        parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(Errand<>)
                            ? (Expression)Expression.Convert(Expression.Constant(errand), parameter.ParameterType)
                            : Expression.Default(parameter.ParameterType))), Expression.Empty())).Compile();
                    Assert.Equal((method.Name, nameof(UnauthorizedAccessException)), (method.Name, Record.Exception(call)?.GetType().Name));
                    Assert.Equal(1, written);
                }
            }
        }

        [Fact]
        public async Task Errand_OfAWindowWithoutTheEntitlement_IsRefusedOnRecordAndOpensNothing()
        {
            await using var room = await FamilyRoom.Start();
            var user = SignIn.PrincipalOf(StrongroomFixture.Adviser, default);
            using var window = new CircuitName();
            var errands = new Errands(new Known(user), new One(), window, room.Room.Lane);
            var errand = await errands.For(Purpose.RetentionReview);
            Assert.IsType<UnauthorizedAccessException>(await Record.ExceptionAsync(() => room.Get<HoldDesk>().Place(errand, null, "fis-enquiry", default)));
            var last = Log.Of(room.Room)[^1];
            Assert.Equal((AuditAction.Refused, StrongroomFixture.Adviser.Id, window.Value, RefusalReason.NotYourRole), (last.Action, last.Who, last.Circuit, last.RefusalReason));
        }

        private sealed class Known(System.Security.Claims.ClaimsPrincipal user) : AuthenticationStateProvider
        {
            public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
        }

        private sealed class One : IColleagues
        {
            public Task<Colleague?> Find(ColleagueId id, CancellationToken cancel = default) => Task.FromResult<Colleague?>(StrongroomFixture.Adviser);

            public Task<IReadOnlyList<Colleague>> Today(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<Colleague>>([]);
        }
    }
}

namespace Wdfis.Portal.Features.Planted
{
    /// <summary>Planted offenders beside methods that are not.</summary>
    internal sealed class PlantedDesk
    {
        public Task Read(Errand errand, UnitId unit) => Hidden(errand, unit);

        public int Named(Colleague who) => who.Roles.Count;

        public Task Declared(Errand<May.Lead> errand) => Hidden(errand, default);

        public int Nobody(UnitId unit) => unit.GetHashCode();

        [OpenToAll("planted")]
        public int Reasoned(UnitId unit) => unit.GetHashCode();

        public int Property => 1;

        private static Task Hidden(Errand errand, UnitId unit) => Task.FromResult((errand, unit));
    }
}
