using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Disclosure.Rules;
using Wdfis.Domain.Families;
using Wdfis.Tests.Support;
using static Wdfis.Tests.Domain.Disclosure.World;

namespace Wdfis.Tests.Domain.Disclosure;

/// <summary>What holds for every request and every set of facts (issue on the gate, section 2).</summary>
public class GateProperties
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Worlds_FromSeeds_ReachEveryAnswerGroundAndRule()
    {
        var answers = new Dictionary<(Type, GroundKind), int>();
        var rules = new HashSet<DisclosureRule>();
        for (var seed = 0; seed < 10_000; seed++)
        {
            var (request, facts) = From(seed);
            var answer = DisclosureGate.Decide(request, facts);
            answers[(answer.GetType(), request.Ground.Kind)] = answers.GetValueOrDefault((answer.GetType(), request.Ground.Kind)) + 1;
            rules.UnionWith(answer.Reasons().Select(r => r.Rule));
        }
        Assert.All(Enum.GetValues<GroundKind>(), g => Assert.True(answers.GetValueOrDefault((typeof(Allowed), g)) > 30 && answers.GetValueOrDefault((typeof(Refused), g)) > 20, $"{g}: {answers.GetValueOrDefault((typeof(Allowed), g))} allowed"));
        Assert.True(answers[(typeof(Allowed), GroundKind.Permission)] > 200, $"{answers[(typeof(Allowed), GroundKind.Permission)]} allowed on permission");
        Assert.DoesNotContain(DisclosureGate.Rules.Except(rules), r => r is not (WhatGoesIsWhatWasDecided or WhoeverIsMerelyMentionedIsMasked or WhatCannotWaitGoesAtOnceAndIsSignedAfter));
    }

    [Fact]
    public void Allowed_Always_HasOneCompleteGround() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        return DisclosureGate.Decide(request, facts).Match(yes => yes.Ground == request.Ground.Kind && IsComplete(request, facts), _ => true, _ => true);
    }).Hold();

    // Said again in other words, from the policy and not from the rules.
    private static bool IsComplete(DisclosureRequest r, DisclosureFacts f)
    {
        var at = r.DoneAt ?? r.Now.At;
        var about = r.About.Concat(r.Items.SelectMany(i => i.About)).ToHashSet();
        var secondPerson = r.Approval is { } a && a.By != r.Now.By && a.Until > r.Now.At;
        return r.Ground.Match(
            () => about.Count > 0
                && r.Recipient.Body.Country == "GB"
                && about.All(p => f.People.Any(x => x.Id == p && x is { Rung: Wdfis.Domain.Anonymity.Rung.Named, Restricted: false }))
                && !f.Restricted
                && !f.People.Any(x => x.KeptFrom.Any(k => k.Name == r.Recipient.Body.Name && (about.Contains(x.Id) || k is { Person: null, How: KeptHow.NeverTold })))
                && about.All(p => r.Items.Where(i => i.About.Contains(p)).SelectMany(i => i.Scopes.Cast<string?>()).DefaultIfEmpty(null).All(s => f.Permissions.Any(x => Carries(x, p, s, r, f, at)))),
            e => !e.Missing(Today).Any() && e.Decision == ExemptionDecision.Share && (secondPerson || e.Urgent && e.Kind is ExemptionKind.X1 or ExemptionKind.LifeAtRisk)
                && (e.Kind != ExemptionKind.X3 || e.WhyNamed is not null || about.Count == 0)
                && (r.Recipient.Body.Country == "GB" || e.Transfer is not null || e.GoesAtOnce),
            own => own.Proof?.Length > 0 && (!f.ByTwo || secondPerson) && about.All(p => p == own.Person) && (r.ConfidenceOf is null || r.ConfidenceOf == r.Recipient.Person)
                && (r.Recipient.Person == own.Person || f.People.Single(p => p.Id == own.Person) is var theirs
                    && (theirs is { Child: true, AsksForThemselves: false } && theirs.Holders.Any(h => h.Person == r.Recipient.Person && h.State == Responsibility.Yes)
                        || theirs.Representatives.Any(one => one.Who == r.Recipient.Person && Proved(one, at) && one.Receives && (one.Limits is null || secondPerson)))),
            law => law.Document?.Length > 0 && secondPerson && r.Approval!.As == Role.InformationGovernance,
            notice => f.ToldBefore.Any(t => t.Id == notice.Of && t.Body.IsSameAs(r.Recipient.Body) && about.All(p => t.About.Contains(p)) && r.Items.SelectMany(i => i.Scopes).All(t.Scopes.Contains)),
            () => r.Recipient.ContractUntil >= Wdfis.Domain.Calendar.London.DateOf(at),
            () => about.Count == 0 && r.Items.All(i => i.Scopes.IsEmpty && i.About.IsEmpty && i.Mentions.IsEmpty) && r.Scan is TextScan.Clean or TextScan.ReadAndPassed);
    }

    private static bool Proved(Representative one, DateTimeOffset at) => Wdfis.Domain.Calendar.London.DateOf(at) is var on
        && one.Document is not null && one.SeenOn <= on && !(on < one.From) && !(on > one.Until);

    private static bool Carries(Permission p, PersonId person, string? scope, DisclosureRequest r, DisclosureFacts f, DateTimeOffset at)
    {
        var facts = f.People.Single(x => x.Id == person);
        var transfer = p.Terms.SendMatter ? f.People.Where(x => x.Child && p.Terms.About.Contains(x.Id)).Min(x => x.TransferOn) : null;
        var grant = p.Events.LastOrDefault(e => e.Grant is not null && !e.NeedsLead && e.At <= at)?.Grant;
        return p.Terms.Body.IsSameAs(r.Recipient.Body)
            && p.Terms.Kind == (r.Act == OutwardAct.Contact ? PermissionKind.Contact : PermissionKind.Share)
            && (scope is null || p.Terms.Items.Contains(scope))
            && p.Terms.PurposeWords == r.Purpose
            && p.Terms.Channels.Contains(r.Channel)
            && p.StateAt(at, Wdfis.Domain.Calendar.London.DateOf(at), transfer).Counts()
            && grant is not null
            && (p.Terms.About.Contains(person) || grant.By == person)
            && (r.ConfidenceOf is null || r.ConfidenceOf == grant.By)
            && (grant.By == person || facts.Representatives.Any(one => one.Who == grant.By && Proved(one, at) && one.Decides) || facts.Child && facts.Holders.Any(h => h.Person == grant.By && h.State == Responsibility.Yes));
    }

    [Fact]
    public void Refusal_WithAWithdrawalRefusalOrderOrRestrictionMore_NeverBecomesAnAllowance() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        var before = DisclosureGate.Decide(request, facts).Rank();
        return Worse(facts, new Random(seed)).All(worse => DisclosureGate.Decide(request, worse).Rank() <= before)
            && (request.ConfidenceOf is not null || DisclosureGate.Decide(request with { ConfidenceOf = seed % 2 == 0 ? Ola : Sibling }, facts).Rank() <= before);
    }).Hold();

    private static IEnumerable<DisclosureFacts> Worse(DisclosureFacts facts, Random r)
    {
        var who = new[] { Mother, Father, Ola, Sibling }[r.Next(4)];
        var at = Monday.AddMinutes(-r.Next(30_000));
        foreach (var kind in new[] { PermissionEventKind.Withdrawn, PermissionEventKind.Refused })
        {
            for (var i = 0; i < facts.Permissions.Length; i++)
            {
                var p = facts.Permissions[i];
                yield return facts with { Permissions = facts.Permissions.SetItem(i, Permission.Restore(p.Id, p.Family, p.Terms, p.Events.Add(Event(kind, at, who)))) };
            }
        }
        yield return facts with { Permissions = facts.Permissions.Add(No(who, at, Terms(r.Next(2) == 0 ? PermissionKind.Share : PermissionKind.Contact), 900)) };
        yield return facts with { Orders = facts.Orders.Add(Order(r)) };
        yield return facts with { Restricted = true };
        yield return facts.With(who, p => p with { Restricted = true });
        foreach (var how in Enum.GetValues<KeptHow>())
            yield return facts.With(who, p => p with { KeptFrom = p.KeptFrom.Add(Kept(how, r.Next(2) == 0 ? School : Admissions, r.Next(2) == 0 ? who : null)) });
        // An authority that ends, or of which nobody saw the proof after all.
        yield return facts.With(who, p => p with { Representatives = [.. p.Representatives.Select(one => r.Next(2) == 0 ? one : one with { Until = Today.AddDays(-40) })] });
        yield return facts.With(who, p => p with { Representatives = [.. p.Representatives.Select(one => r.Next(2) == 0 ? one : one with { Document = null })] });
        yield return facts with { UnsafeAddresses = facts.UnsafeAddresses.Add("office@example.org") };
    }

    [Fact]
    public void Refusal_Always_HasAReasonAndANextStep() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        return DisclosureGate.Decide(request, facts).Match(_ => true, no => Said(no.Reasons), waits => Said(waits.Reasons) && Enum.IsDefined(waits.Who));

        static bool Said(IEnumerable<GateReason> reasons) => reasons.Any() && reasons.All(r => r.Sentence.EndsWith('.') && r.NextStep.EndsWith('.') && r.Rule.Clauses.Length > 0);
    }).Hold();

    [Fact]
    public void Answer_WithTheFactsInAnotherOrder_IsTheSame() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        var r = new Random(seed);
        var turned = request with { About = [.. request.About.Shuffle(r)], Items = [.. request.Items.Select(i => i with { Scopes = [.. i.Scopes.Shuffle(r)], Mentions = [.. i.Mentions.Shuffle(r)] }).Shuffle(r)] };
        var turnedFacts = facts with { People = [.. facts.People.Shuffle(r)], Permissions = [.. facts.Permissions.Shuffle(r)], Orders = [.. facts.Orders.Shuffle(r)], Findings = [.. facts.Findings.Shuffle(r)] };
        var (one, other) = (DisclosureGate.Decide(request, facts), DisclosureGate.Decide(turned, turnedFacts));
        return one.GetType() == other.GetType() && one.Fingerprint == other.Fingerprint && one.Reasons().ToHashSet().SetEquals(other.Reasons())
            && one.Match(yes => ((Allowed)other).MaskedPeople.SequenceEqual(yes.MaskedPeople) && ((Allowed)other).Permissions.Order().SequenceEqual(yes.Permissions.Order()), _ => true, _ => true);
    }).Hold();

    [Fact]
    public void UrgentX1_WithItsFiveFields_IsNeverBlocked() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        var answer = DisclosureGate.Decide(request with { Ground = new Ground.UnderExemption(Urgent()), Approval = null }, facts with { Released = false });
        return answer is Allowed { SignOffDueOn: not null };
    }).Hold();

    [Fact]
    public void Release_OfSomethingElseThanWasDecided_IsRefused() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        var decided = DisclosureGate.Decide(request, facts);
        var forged = (seed % 7) switch
        {
            0 => request with { Recipient = request.Recipient with { Body = NamedBody.Create(BodyKind.Gp, "Sample Surgery").OrThrow() } },
            1 => request with { Items = request.Items.Add(DisclosureItem.Of("health", Ola)) },
            2 => request with { Address = request.Address + "x" },
            3 => request with { Content = request.Content + "x" },
            4 => request with { About = request.About.Add(Person(77)) },
            5 => request with { Channel = request.Channel + "x" },
            _ => request with { Recipient = request.Recipient with { Attention = "somebody else" } },
        };
        return DisclosureGate.Decide(forged with { Decided = decided.AsDecided }, facts) is Refused no && no.Reasons.Any(r => r.Rule is WhatGoesIsWhatWasDecided)
            && DisclosureGate.Decide(request with { Decided = decided.AsDecided }, facts).Rank() == decided.Rank();
    }).Hold();

    [Fact]
    public void Button_ThatIsReady_StandsBeforeAGateThatOpens() => Prop.ForAll(Seeds, seed =>
    {
        var (request, facts) = From(seed);
        var act = seed % 2 == 0 ? OutwardAct.Share : OutwardAct.Contact;
        var reading = GateReading.Of(request.Recipient, act, facts, request.Now);
        if (!reading.Ready)
            return reading.Words.Length > 0 && reading.Ways.Contains(WayForward.AskInGeneral);
        var p = facts.Permissions.Single(x => x.Id == reading.Permission);
        return reading.Ways.IsEmpty && p.Terms.Body.IsSameAs(request.Recipient.Body) && DisclosureGate.Decide(request with
        {
            Act = act,
            About = p.Terms.About,
            Items = [],
            Purpose = p.Terms.PurposeWords,
            Channel = p.Terms.Channels[0],
            Address = null,
            Attempt = null,
            Ground = new Ground.OnPermission(),
            DoneAt = null,
            ConfidenceOf = null,
            Approval = null,
        }, facts with { Released = false }).Rank() > 0;
    }).Hold();
}

file static class Shuffling
{
    public static IEnumerable<T> Shuffle<T>(this IEnumerable<T> all, Random r)
    {
        var copy = all.ToArray();
        r.Shuffle(copy);
        return copy;
    }
}
