using Wdfis.Domain.Audit;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Families;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>Registers the board and keeps it at the head of the change feed.</summary>
internal static class BoardSetup
{
    public static IServiceCollection AddBoard(this IServiceCollection services)
    {
        services.AddSingleton<FamilyBoard>();
        services.AddSingleton<ISearchCardFormat<FamilyCard>, FamilySearchCardFormat>();
        services.AddSingleton<IFoundLog, FoundLog>();
        services.AddSingleton<MaySee>(sp =>
        {
            var keeper = sp.GetRequiredService<Keeper>();
            return (errand, family, _) => keeper.MayOpen(errand, family) is AccessDecision.Allowed;
        });
        services.AddSingleton<EnquiryUnder>(sp =>
        {
            var keeper = sp.GetRequiredService<Keeper>();
            return (errand, reference) => keeper.EnquiryUnder(reference.Format()) is { } enquiry && keeper.MayOpen(errand, enquiry) is AccessDecision.Allowed ? enquiry : null;
        });
        services.AddSingleton<FamilySearch>();
        services.AddHostedService<BoardFeed>();
        services.AddSingleton(sp => new EnvelopeColumns(sp.GetRequiredService<Keeper>().HeldNow));
        services.AddHostedService<ColumnsFeed>();
        return services;
    }
}

/// <summary>What the board holds of a family card.</summary>
internal sealed class FamilySearchCardFormat : ISearchCardFormat<FamilyCard>
{
    public byte[] WriteCard(FamilyCard record, Envelope envelope) => SearchCards.From(record, envelope).Write();
}

/// <summary>Searches go into the audit.</summary>
internal sealed class FoundLog(Keeper keeper) : IFoundLog
{
    public Task Found(Errand errand, IReadOnlyList<UnitId> shown) => keeper.Note(errand, AuditAction.Found, [.. shown]);

    // The lead's list reads the refused attempts of the chain.
    public Task Hidden(Errand errand, IReadOnlyList<UnitId> families) => keeper.Note(errand, AuditAction.Refused, [.. families]);
}

/// <summary>Fills the board in the background after the start, and brings it every change from then on.</summary>
internal sealed class BoardFeed(Keeper keeper, FamilyBoard board, ILogger<BoardFeed> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = keeper.Subscribe(Take);
        board.Opening(await keeper.CountEnvelopes(new EnvelopeQuery { Kind = UnitKind.Family }, stoppingToken));
        try
        {
            await foreach (var (_, card) in keeper.Cards(UnitKind.Family, id => log.LogWarning("The search card of {Family} does not open.", id), stoppingToken))
                board.Put(SearchCard.Read(card));
            board.Opened();
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            board.GaveUp();
        }
        await Task.Delay(Timeout.Infinite, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private void Take(Changed change)
    {
        if (change.Kind != UnitKind.Family)
            return;
        if (change.Gone)
            board.Forget(change.Unit);
        else if (!change.Card.IsEmpty)
            board.Put(SearchCard.Read(change.Card.Span));
    }
}

/// <summary>Fills the columns of envelopes in the background after the start, and brings them every change from then on.</summary>
internal sealed class ColumnsFeed(Keeper keeper, EnvelopeColumns columns, FamilyBoard board) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Searching comes first at a start: somebody may be on the telephone.
        await board.Filling.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        using var changes = keeper.Subscribe(columns.Take);
        columns.Fill(keeper.EveryEnvelope(stoppingToken));
        await Task.Delay(Timeout.Infinite, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
