using FsCheck;
using FsCheck.Fluent;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Strongroom.Board;
using static Wdfis.Tests.Strongroom.Board.Cards;

namespace Wdfis.Tests.Strongroom.Board;

public sealed class FamilyBoardTests
{
    private static readonly DateOnly Zosia = new(2019, 4, 3);

    private static FamilyBoard Town() => BoardOf(
        Card(1, [Adult("Magda", "Kowalczyk"), Child("Zofia", born: Zosia)], "WF58AB", ["447700900123"], ["magda@example.org"]),
        Card(2, [Adult("Sinéad", "O'Brien"), Child("Niamh", "O'Brien", new DateOnly(2015, 12, 31))], "WF12EB", ["441632960001"]),
        Card(3, [Adult("Anna", "Smith-Jones")], "WF58AD"),
        Card(4, [Adult("John", "Smyth")], "WF101AA", contact: new DateOnly(2026, 9, 1)),
        Card(5, [Adult("Łukasz", "Kowalczyk")], "WF12EB", contact: new DateOnly(2025, 1, 1)),
        Card(6, [Adult("Els", "van der Berg")], "WF99AA"),
        Card(7, [Adult(null, null, handle: "Robin")]),
        Card(8, [Adult("Hidden", "Nameless", anonymous: true)], reference: "K7-QFM2"));

    [Theory]
    [InlineData("kowalczyk", 1, 5)]
    [InlineData("KOWAL", 1, 5)]
    [InlineData("kowalczik", 1, 5)]
    [InlineData("magda kowalczyk", 1)]
    [InlineData("kowalczyk, magda", 1)]
    [InlineData("mag kow", 1)]
    [InlineData("lukasz kowalczyk", 5)]
    [InlineData("zofia", 1)]
    [InlineData("zofia kowalczyk", 1)]
    [InlineData("niamh", 2)]
    [InlineData("kowalczyk wf5", 1)]
    [InlineData("wf1 kowalczyk", 5)]
    [InlineData("kowalczyk wf5 8ab", 1)]
    [InlineData("kowalczyk 3/4/2019", 1)]
    [InlineData("OBrien", 2)]
    [InlineData("o brien", 2)]
    [InlineData("o’brien", 2)]
    [InlineData("Óbrien", 2)]
    [InlineData("sinead obrien", 2)]
    [InlineData("jones", 3)]
    [InlineData("smith-jones", 3)]
    [InlineData("smithjones", 3)]
    [InlineData("anna smith jones", 3)]
    [InlineData("smith", 3, 4)]
    [InlineData("smyth", 4, 3)]
    [InlineData("van der berg", 6)]
    [InlineData("vanderberg", 6)]
    [InlineData("berg", 6)]
    [InlineData("robin", 7)]
    [InlineData("3/4/2019", 1)]
    [InlineData("03.04.2019", 1)]
    [InlineData("03-04-19", 1)]
    [InlineData("3 April 2019", 1)]
    [InlineData("3rd Apr 2019", 1)]
    [InlineData("April 3, 2019", 1)]
    [InlineData("2019-04-03", 1)]
    [InlineData("31/12/2015", 2)]
    [InlineData("WF5 8AB", 1)]
    [InlineData("wf58ab", 1)]
    [InlineData("wf5", 1, 3)]
    [InlineData("wf5 8", 1, 3)]
    [InlineData("WF5 8a", 1, 3)]
    [InlineData("07700 900123", 1)]
    [InlineData("+44 (0)7700 900 123", 1)]
    [InlineData("0044 7700 900123", 1)]
    [InlineData("01632960001", 2)]
    [InlineData("kowalczyk 07700 900 123", 1)]
    [InlineData("Magda@Example.ORG", 1)]
    [InlineData("K7-QFM2", 8)]
    [InlineData("k7qfm2", 8)]
    [InlineData("K7-QFM")]
    [InlineData("nameless")]
    [InlineData("hidden nameless")]
    [InlineData("magda")]
    [InlineData("magda obrien")]
    [InlineData("kowalczyk wf9")]
    [InlineData("31/2/2019")]
    [InlineData("07700 900124")]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("🦊")]
    public void Search_AsTyped_FindsBestFirst(string text, params int[] families)
    {
        using var board = Town();
        Assert.Equal(families, board.Found(text));
    }

    [Theory]
    [InlineData("kowalczyk", "surname", Closeness.Exact)]
    [InlineData("kowal", "surname", Closeness.Prefix)]
    [InlineData("kowalczik", "sounds alike", Closeness.Sound)]
    [InlineData("zofia", "child", Closeness.Exact)]
    [InlineData("robin", "name", Closeness.Exact)]
    [InlineData("magda kowalczyk", "name", Closeness.Exact)]
    [InlineData("07700900123", "telephone", Closeness.Exact)]
    [InlineData("magda@example.org", "e-mail", Closeness.Exact)]
    [InlineData("3/4/2019", "date of birth", Closeness.Exact)]
    [InlineData("wf58ab", "postcode", Closeness.Exact)]
    [InlineData("kowal wf5", "surname, district", Closeness.Prefix)]
    [InlineData("k7-qfm2", "reference", Closeness.Exact)]
    internal void Row_OfAMatch_SaysWhatMatched(string text, string why, Closeness closeness)
    {
        using var board = Town();
        var row = board.Find(text, All, Today).Rows[0];
        Assert.Equal((why, closeness), (row.Why, row.Closeness));
    }

    [Fact]
    public void Row_OfAFamily_NamesCarerChildrenContactAndDistrict()
    {
        using var board = Town();
        var row = Assert.Single(board.Find("niamh", All, Today).Rows);
        Assert.Equal(("O'Brien, Sinéad", "1 child · last contact 3 March 2026", "WF1"), (row.Label, row.Line, row.District));
    }

    [Fact]
    public void Search_WithMoreThanTwentyFive_ShowsTheLatestAndSaysSo()
    {
        using var board = BoardOf([.. Enumerable.Range(1, 60).Select(n => Card(n, [Adult("A", "Patel")], contact: new DateOnly(2026, 1, 1).AddDays(n % 30)))]);
        var answer = board.Find("patel", All, Today);
        Assert.True(answer.More);
        Assert.Equal(25, answer.Rows.Count);
        Assert.All(answer.Rows, row => Assert.True(row.LastContactOn >= new DateOnly(2026, 1, 18)));
        Assert.False(board.Find("patel", (id, _) => BitConverter.ToInt32(id.Value.ToByteArray(), 0) <= 25, Today).More);
    }

    [Fact]
    public void SpecialHandling_ForAColleagueNotAssigned_ShowsOneLineForFullNameAndBirthDateOnly()
    {
        using var board = BoardOf(Card(1, [Adult("Dana", "O'Neill", new DateOnly(1988, 5, 6)), Child("Sam")], "WF58AB", ["447700900200"], special: true, warning: "Do not ring."));
        foreach (var text in (string[])["oneill", "dana oneill", "dan oneill 6/5/1988", "oneill 6/5/1988", "dana oneil 6/5/1988", "dana oneill 7/5/1988", "6/5/1988", "07700900200", "wf58ab", "sam"])
        {
            var answer = board.Find(text, NotSpecial, Today);
            Assert.Empty(answer.Rows);
            Assert.Empty(answer.Restricted);
            Assert.False(answer.More);
        }
        foreach (var text in (string[])["Dana O'Neill 6/5/1988", "oneill, dana 6 May 1988", "1988-05-06 dana o neill"])
        {
            var answer = board.Find(text, NotSpecial, Today);
            Assert.Empty(answer.Rows);
            Assert.Equal("Do not ring.", Assert.Single(answer.Restricted).SafetyWarning);
            Assert.Equal([Id(1)], answer.HiddenMatches);
        }
        Assert.Equal([1], board.Found("oneill"));
        Assert.Equal("A colleague holds this: ask the duty lead.", RestrictedHit.Sentence);
    }

    [Fact]
    public void HiddenFamily_ThatMatches_ShowsNothingAndIsReported()
    {
        using var board = Town();
        var answer = board.Find("kowalczyk", (id, _) => id != Id(1), Today);
        Assert.Equal([Id(5)], answer.Rows.Select(row => row.Family));
        Assert.Equal([Id(1)], answer.HiddenMatches);
        Assert.Empty(answer.Restricted);
        Assert.Empty(board.Find("07700900123", (_, _) => false, Today).Rows);
    }

    [Fact]
    public void Put_OfANewerCard_ReplacesAndOfAnOlderIsPassedOver()
    {
        using var board = Town();
        board.Put(Card(1, [Adult("Magda", "Nowak")], version: 3));
        board.Put(Card(1, [Adult("Magda", "Kowalczyk")], version: 2));
        Assert.Equal([5], board.Found("kowalczyk"));
        Assert.Equal([1], board.Found("nowak"));
        Assert.Empty(board.Found("07700900123"));
        Assert.Empty(board.Found("3/4/2019"));
        Assert.Empty(board.Found("wf58ab"));
        Assert.Equal(8, board.Count);
    }

    [Fact]
    public void Forget_OfAFamily_LeavesNoWayToItAndNoLaterCardBringsItBack()
    {
        using var board = Town();
        board.Forget(Id(1));
        board.Put(Card(1, [Adult("Magda", "Kowalczyk")], version: 9));
        foreach (var text in (string[])["magda kowalczyk", "zofia", "3/4/2019", "wf58ab", "07700900123", "magda@example.org"])
            Assert.Empty(board.Found(text));
        Assert.Equal([5], board.Found("kowalczyk"));
        Assert.Equal(7, board.Count);
    }

    [Fact]
    public void Board_StillFilling_SaysHowFarItIs()
    {
        using var board = new FamilyBoard();
        Assert.Equal(0, board.Find("smith", All, Today).GettingReady);
        board.Opening(4);
        board.Put(Card(1, Adult("A", "Smith")));
        Assert.Equal(25, board.Find("smith", All, Today).GettingReady);
        board.Opened();
        Assert.Null(board.Find("smith", All, Today).GettingReady);
        Assert.Equal(100, board.Ready);
    }

    [Fact]
    public void Search_OfTextThatIsNoSearch_FindsNothing()
    {
        using var board = Town();
        Assert.Empty(board.Found(new string('a', 10_000_000)));
        Assert.Empty(board.Found("\0\uD800\u202E"));
        Assert.Empty(board.Found("a b c d e f g h i j k"));
    }

    [Theory]
    [InlineData("Kowalczik", "Magda", null, null, null, "surname sounds alike, same first name, a child of the same name")]
    [InlineData(null, null, "+44 7700 900123", null, null, "same telephone")]
    [InlineData("Kowalczyk", null, null, "WF5 8AB", null, "same postcode, same surname")]
    [InlineData("Nowak", null, null, null, "2019-04-03", "same child")]
    public void Duplicates_OfTheSameFamily_AreShownWithWhatTheyShare(string? surname, string? forename, string? phone, string? postcode, string? childBorn, string why)
    {
        using var board = Town();
        var facts = new FamilyFacts
        {
            Surname = surname,
            Forename = forename,
            Telephones = phone is null ? [] : [phone],
            Postcode = postcode,
            Children = childBorn is not null || forename is not null ? [("Zofia", childBorn is null ? null : DateOnly.Parse(childBorn, System.Globalization.CultureInfo.InvariantCulture))] : [],
        };
        var row = Assert.Single(board.Duplicates(facts, All).Rows);
        Assert.Equal((Id(1), why), (row.Family, row.Why));
        Assert.Empty(board.Duplicates(facts, (_, _) => false).Rows);
    }

    [Fact]
    public void Duplicates_OfASurnameAlone_AreNone()
    {
        using var board = Town();
        Assert.Empty(board.Duplicates(new FamilyFacts { Surname = "Kowalczyk" }, All).Rows);
    }

    [Fact]
    public void Duplicates_OfMany_AreTheFiveLikeliest()
    {
        using var board = BoardOf([.. Enumerable.Range(1, 9).Select(n => Card(n, [Adult("Ada", "Khan")], "WF12EB", n == 9 ? ["447700900123"] : []))]);
        var rows = board.Duplicates(new FamilyFacts { Forename = "Ada", Surname = "Khan", Postcode = "wf1 2eb", Telephones = ["07700 900123"] }, All).Rows;
        Assert.Equal(5, rows.Count);
        Assert.Equal(Id(9), rows[0].Family);
    }

    [Fact]
    public void Search_ForAnyBeginningOfAStoredSurname_FindsIt() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
        {
            var surname = text.Get;
            var whole = Folding.Whole(surname);
            if (whole.Length is 0 or > 190)
                return true;
            using var board = BoardOf(Card(1, Adult("A", surname)), Card(2, Adult("B", "Smith")));
            return Enumerable.Range(1, whole.Length).All(length =>
                // A beginning that reads as something else (a district, half a letter) is that.
                whole[..length].Any(c => char.IsDigit(c) || char.IsSurrogate(c)) || Folding.Whole(whole[..length]) != whole[..length] || board.Found(whole[..length]).Contains(1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Search_OfRandomFamilies_AgreesWithLookingAtEachOne()
    {
        var random = new Random(20261122);
        string[] surnames = ["Smith", "Smyth", "Schmidt", "Smithson", "Smith-Jones", "Jones", "Kowalczyk", "Kowalski", "Kowal", "Khan", "Kahn", "O'Brien", "Obi", "Nguyễn", "Ngu"];
        string[] forenames = ["Anna", "Ann", "Hanna", "Jon", "John", "Joan", "Smith", "Kow", "Noor", "Nora"];
        var cards = Enumerable.Range(1, 700).Select(n => Card(
            n,
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => i == 0 || random.Next(3) == 0
                ? Adult(Pick(forenames), Pick(surnames))
                : Child(Pick(forenames), random.Next(2) == 0 ? Pick(surnames) : null))],
            $"WF{random.Next(1, 4)}1AA",
            contact: new DateOnly(2026, 1, 1).AddDays(random.Next(200)))).ToList();
        using var board = BoardOf([.. cards]);
        for (var round = 0; round < 300; round++)
        {
            if (round % 4 == 0)
            {
                var at = random.Next(cards.Count);
                if (random.Next(3) == 0)
                {
                    board.Forget(cards[at].Family);
                    cards.RemoveAt(at);
                }
                else
                {
                    cards[at] = Card(BitConverter.ToInt32(cards[at].Family.Value.ToByteArray(), 0), [Adult(Pick(forenames), Pick(surnames)), Child(Pick(forenames))], "WF21AA",
                        contact: new DateOnly(2026, 1, 1).AddDays(random.Next(200)), version: cards[at].Version + 1);
                    board.Put(cards[at]);
                }
            }
            string[] words = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Cut(Folding.Whole(random.Next(2) == 0 ? Pick(forenames) : Pick(surnames))))];
            var district = random.Next(4) == 0 ? $"WF{random.Next(1, 4)}" : null;
            var expected = cards.Where(card => district is null || card.District == district)
                .Select(card => (Closeness: Oracle(card, words), card.LastContactOn))
                .Where(one => one.Closeness is not null)
                .OrderBy(one => one.Closeness).ThenByDescending(one => one.LastContactOn).ToList();
            var answer = board.Find(string.Join(' ', words) + " " + district, All, Today);
            Assert.Equal(expected.Take(25).Select(one => (one.Closeness!.Value, one.LastContactOn)), answer.Rows.Select(row => (row.Closeness, row.LastContactOn)));
            Assert.Equal(expected.Count > 25, answer.More);
            Assert.Equal(answer.Rows.Count, answer.Rows.Select(row => row.Family).Distinct().Count());
            Assert.All(answer.Rows, row => Assert.Equal(row.Closeness, Oracle(cards.Single(card => card.Family == row.Family), words)));
        }

        string Pick(string[] from) => from[random.Next(from.Length)];
        string Cut(string word) => random.Next(2) == 0 ? word : word[..random.Next(1, word.Length + 1)];
    }

    // The rule of ranking said the slow way: the closest person by all words, each at its own closest.
    private static Closeness? Oracle(SearchCard card, string[] words)
    {
        Closeness? best = null;
        string[][] ways = words.Length == 2 ? [words, [words[0] + words[1]]] : [words];
        foreach (var way in ways)
            foreach (var person in card.People)
            {
                var worst = Closeness.Exact;
                var surnameUsed = false;
                var ok = true;
                foreach (var word in way)
                {
                    var surnames = person.Surname is not null ? [person.Surname]
                        : person.IsChild && way.Length > 1 ? card.People.Where(p => !p.IsChild).Select(p => p.Surname!).ToArray() : [];
                    var bySurname = Close(surnames, word);
                    var byForename = way.Length > 1 || person.IsChild ? Close([person.Forename!], word) : null;
                    if (bySurname is null && byForename is null)
                    {
                        ok = false;
                        break;
                    }
                    surnameUsed |= bySurname is not null;
                    var one = (Closeness)Math.Min((int)(bySurname ?? Closeness.Sound), (int)(byForename ?? Closeness.Sound));
                    worst = (Closeness)Math.Max((int)worst, (int)one);
                }
                // An adult needs a surname among the words, at whatever closeness the whole has.
                if (ok && !person.IsChild && !surnameUsed)
                    ok = false;
                if (ok && !person.IsChild && way.Length > 1)
                {
                    var needed = way.Select(word => Close([person.Surname!], word)).Min();
                    worst = (Closeness)Math.Max((int)worst, (int)needed!.Value);
                }
                if (ok && (best is null || worst < best))
                    best = worst;
            }
        return best;
    }

    private static Closeness? Close(string[] names, string word)
    {
        Closeness? best = null;
        foreach (var term in names.SelectMany(Folding.Terms))
        {
            var a = DoubleMetaphone.Of(term);
            var b = DoubleMetaphone.Of(word);
            string[] codes = [.. new[] { a.First, a.Second }.Intersect([b.First, b.Second]).Where(code => code.Length > 0)];
            Closeness? one = term == word ? Closeness.Exact : term.StartsWith(word, StringComparison.Ordinal) ? Closeness.Prefix : codes.Length > 0 ? Closeness.Sound : null;
            if (one is not null && (best is null || one < best))
                best = one;
        }
        return best;
    }

    [Fact]
    public async Task Board_ReadWhileItIsWritten_NeverShowsHalfACard()
    {
        using var board = BoardOf(Card(1, [Adult("Ada", "Old")]));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested || seen == 0)
            {
                foreach (var row in board.Find("ada old", All, Today).Rows.Concat(board.Find("ada new", All, Today).Rows))
                    Assert.Contains(row.Label, (string[])["Old, Ada", "New, Ada"]);
                seen++;
            }
        });
        for (var version = 2; version < 3_000; version++)
            board.Put(Card(1, [Adult("Ada", version % 2 == 0 ? "New" : "Old")], version: version));
        await stop.CancelAsync();
        await reader;
        Assert.Equal([1], board.Found("ada old"));
    }

    [Fact]
    public void Records_FreedAndMoved_KeepWhatIsLeft()
    {
        var random = new Random(7);
        using var board = BoardOf();
        var version = 0;
        var last = new Dictionary<int, string>();
        for (var i = 0; i < 40_000; i++)
        {
            var n = random.Next(1, 4_000);
            last[n] = ((string[])["Khan", "Smith", "Nowak"])[random.Next(3)];
            board.Put(Card(n, [Adult("Ada", last[n])], telephones: [$"44770090{n:0000}"], warning: new string('x', 60), version: ++version));
        }
        Assert.All(last, one => Assert.Equal($"{one.Value}, Ada", Assert.Single(board.Find($"0770090{one.Key:0000}", All, Today).Rows).Label));
    }
}
