using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Strongroom.Board;

public sealed class FamilySearchTests : IDisposable
{
    private static readonly Errand Errand = new(new Colleague(new ColleagueId(Cards.Id(500).Value), "Synthetic Adviser", [Role.Adviser], [Service.FamiliesInformation]), Purpose.Advise, "c1");
    private readonly FamilyBoard board = Cards.BoardOf(Cards.Card(1, Cards.Adult("Magda", "Kowalczyk")), Cards.Card(2, [Cards.Adult("Jan", "Kowalczyk")], special: true));
    private readonly FoundBook book = new();

    private FamilySearch Search() => new(board, book, static (_, _, special) => !special, TimeProvider.System);

    [Fact]
    public async Task Rows_OfASearch_AreWrittenDownBeforeTheyAreGivenOut()
    {
        var gate = new TaskCompletionSource();
        book.Durable = gate.Task;
        var search = Search().Search(Errand, "kowalczyk", CancellationToken.None, atOnce: true);
        Assert.False(search.IsCompleted);
        gate.SetResult();
        var answer = await search;
        Assert.Equal([Cards.Id(1)], answer.Rows.Select(row => row.Family));
        Assert.Equal([Cards.Id(1)], Assert.Single(book.Shown));
    }

    [Fact]
    public async Task Rows_ThatCannotBeWrittenDown_AreNotGivenOut()
    {
        book.Durable = Task.FromException(new IOException("full"));
        await Assert.ThrowsAsync<IOException>(() => Search().Search(Errand, "kowalczyk", CancellationToken.None, atOnce: true));
    }

    [Fact]
    public async Task HiddenMatches_OfASearch_GoToTheLeadAndNotToTheScreen()
    {
        var answer = await Search().Search(Errand, "kowalczyk", CancellationToken.None, atOnce: true);
        Assert.Empty(answer.HiddenMatches);
        Assert.Equal([Cards.Id(2)], Assert.Single(book.Kept));
    }

    [Fact]
    public async Task Search_OvertakenByTheNextKey_IsNotWrittenDown()
    {
        using var typing = new CancellationTokenSource();
        var search = Search().Search(Errand, "kow", typing.Token);
        await typing.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        Assert.Empty(book.Shown);
    }

    [Fact]
    public async Task Search_ThatSettles_WaitsFirst()
    {
        var clock = new HeldClock();
        var search = new FamilySearch(board, book, static (_, _, _) => true, clock).Search(Errand, "kowalczyk", CancellationToken.None);
        Assert.Empty(book.Shown);
        Assert.Equal(FamilySearch.Settle, clock.Due);
        clock.Fire!();
        Assert.Equal(2, (await search).Rows.Count);
    }

    [Fact]
    public async Task Searches_MoreThanTenInASecond_AreRefusedToThatColleagueAloneAndWrittenDownNot()
    {
        var clock = new HeldClock();
        var search = new FamilySearch(board, book, static (_, _, _) => true, clock);
        Task<BoardAnswer> Ask(Errand errand) => search.Search(errand, "kowalczyk", CancellationToken.None, atOnce: true);
        for (var i = 0; i < FamilySearch.MostASecond; i++)
            await Ask(Errand);
        await Assert.ThrowsAsync<TooFastException>(() => Ask(Errand));
        Assert.Equal(FamilySearch.MostASecond, book.Shown.Count);
        await Ask(Errand with { Who = Errand.Who with { Id = new ColleagueId(Cards.Id(501).Value) } });
        clock.Now += TimeSpan.FromSeconds(1);
        await Ask(Errand);
    }

    [Fact]
    public async Task Search_ForNothing_WritesNothing()
    {
        Assert.Empty((await Search().Search(Errand, "  ", CancellationToken.None)).Rows);
        Assert.Empty(book.Shown);
    }

    public void Dispose() => board.Dispose();

    private sealed class FoundBook : IFoundLog
    {
        internal Task Durable { get; set; } = Task.CompletedTask;
        internal List<IReadOnlyList<UnitId>> Shown { get; } = [];
        internal List<IReadOnlyList<UnitId>> Kept { get; } = [];

        public async Task Found(Errand errand, IReadOnlyList<UnitId> shown)
        {
            await Durable;
            Shown.Add(shown);
        }

        public Task Hidden(Errand errand, IReadOnlyList<UnitId> families)
        {
            Kept.Add(families);
            return Task.CompletedTask;
        }
    }

    private sealed class HeldClock : TimeProvider
    {
        internal TimeSpan Due { get; private set; }
        internal DateTimeOffset Now { get; set; } = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        internal Action? Fire { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            Fire = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
