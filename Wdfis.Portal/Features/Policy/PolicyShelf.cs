using System.Collections.Immutable;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Policy;

/// <summary>
/// The editions of the policy, for the public page, the call's script and the told-ledger (C1, C4, A1). Until one is published, the draft
/// that ships is shown as a draft, and callers hear its script.
/// </summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed class PolicyShelf : IDisposable
{
    /// <summary>The number of the draft that ships.</summary>
    public static readonly PolicyNumber Shipped = new(2026, 1);

    // A draft that callers hear of today counts from the beginning: what was told, was told.
    private static readonly ImmutableArray<PolicyVersion> Unpublished = [new PolicyVersion(Shipped, DateOnly.MinValue, MaterialChange: true)];

    private readonly CardShelf<PolicyEdition> shelf;
    private readonly Keeper keeper;
    private readonly TimeProvider clock;
    private Read read = new(null, [], Unpublished);

    public PolicyShelf(Keeper keeper, IRecordFormat<PolicyEdition> format, TimeProvider clock, ILogger<PolicyShelf> log) =>
        (this.keeper, this.clock, shelf) = (keeper, clock, new(keeper, format, log));

    /// <summary>Called after an edition came or changed.</summary>
    public Action? Changed { get => shelf.Changed; set => shelf.Changed = value; }

    /// <summary>Every edition, the latest number first. None while the keys do not open: the public page is shown all the same.</summary>
    public ImmutableArray<Shelved<PolicyEdition>> Editions => Now.Editions;

    /// <summary>The edition of a number; null when there is none.</summary>
    public Shelved<PolicyEdition>? Find(PolicyNumber number) => Editions.FirstOrDefault(one => one.Record.Number == number);

    /// <summary>The edition in force today; null until one is published.</summary>
    public PolicyEdition? InForce => PolicyEdition.InForce(Editions.Select(one => one.Record), London.Today(clock));

    /// <summary>The version that the script reads and the ledger points at.</summary>
    public PolicyNumber Number => InForce?.Number ?? Shipped;

    /// <summary>Its text.</summary>
    public PolicyText Text => InForce?.Text ?? ShippedPolicy.Text;

    /// <summary>What is said in a call.</summary>
    public Script Script => InForce?.Script ?? Script.Draft;

    /// <summary>All versions, for <see cref="ToldState"/>; one that is published from a later day counts from that day.</summary>
    public ImmutableArray<PolicyVersion> Versions => Now.Versions;

    /// <summary>The first day of the last edition, in force today, of which families are told again; the first day of all when there is none.</summary>
    public DateOnly ToldAgainFrom(DateOnly today) =>
        Versions.Where(version => version.PublishedOn <= today).Skip(1).LastOrDefault(version => version.MaterialChange)?.PublishedOn ?? DateOnly.MinValue;

    /// <summary>The day of the next yearly review (A1): as the last signed one says, else a year after the first publication; null until then.</summary>
    public DateOnly? ReviewOn => keeper.Envelopes(new EnvelopeQuery { Kind = UnitKind.PolicyReview, State = Envelopes.ReviewSigned, Take = 1_000 }).GetAwaiter().GetResult() is { Count: > 0 } signed
        ? signed.Max(review => review.DueOn)
        : Editions.Min(one => one.Record.PublishedOn) is { } first ? PolicyReview.NextAfter(first) : null;

    public void Dispose() => shelf.Dispose();

    private Read Now
    {
        get
        {
            try
            {
                var all = shelf.All;
                if (!ReferenceEquals(read.From, all))
                {
                    var published = all.Values.Where(one => one.Record.PublishedOn is not null).Select(one => one.Record.Version).OrderBy(version => version.PublishedOn).ToImmutableArray();
                    read = new(all, [.. all.Values.OrderByDescending(one => one.Record.Number)], published.IsEmpty ? Unpublished : published);
                }
            }
            catch (KeyRingClosedException)
            {
                // The public page is shown all the same.
            }
            return read;
        }
    }

    private sealed record Read(ImmutableDictionary<UnitId, Shelved<PolicyEdition>>? From, ImmutableArray<Shelved<PolicyEdition>> Editions, ImmutableArray<PolicyVersion> Versions);
}
