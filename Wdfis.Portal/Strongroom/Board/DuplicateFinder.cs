using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Identifiers;

namespace Wdfis.Portal.Strongroom.Board;

/// <summary>Finds families that are likely the one being entered: any two clues make one worth a look, and what they share makes the score.</summary>
internal sealed class DuplicateFinder(FamilyIndex index, FamilyFinder finder)
{
    internal void Find(FamilyFacts facts, Picked picked)
    {
        const int enough = 5;
        const int mostLookedAt = 2_000;
        var held = new Held();
        var phones = facts.Telephones.Select(text => TelephoneNumber.TryParse(text, out var read) ? read.Digits : null).OfType<string>().ToArray();
        var postcode = Postcode.TryParse(facts.Postcode, out var code) ? code.Canonical : null;
        var surname = Word(facts.Surname);
        var forename = Word(facts.Forename);
        var children = facts.Children.Select(child => (Name: Word(child.Forename), child.BornOn)).ToArray();

        using var candidates = index.None();
        foreach (var phone in phones)
            using (var found = finder.Exact(phone, held, static (h, key) => h.Telephones.Contains(key)))
                candidates.Or(found);
        // Any two of these together make a family worth a look.
        var clues = new List<Bits>();
        try
        {
            if (surname is not null)
                clues.Add(Named(surname, static term => term.Surnames.Rows));
            if (forename is not null)
                clues.Add(Named(forename, static term => term.Adults.Rows));
            if (postcode is not null)
                clues.Add(index.At(postcode));
            foreach (var day in children.Select(child => child.BornOn).Append(facts.BornOn).OfType<DateOnly>().Distinct())
                clues.Add(index.BornOn(day));
            foreach (var child in children)
                if (child.Name is not null)
                    clues.Add(Named(child.Name, static term => term.Children.Rows));
            for (var i = 0; i < clues.Count; i++)
                for (var j = i + 1; j < clues.Count; j++)
                    candidates.OrBoth(clues[i], clues[j]);
        }
        finally
        {
            clues.ForEach(static clue => clue.Dispose());
        }

        var scored = new List<(int Score, int Row, string Why)>();
        var looked = 0;
        finder.Walk(candidates, null, picked, row =>
        {
            if (looked++ < mostLookedAt && Score(index.Open(row, held)) is { Points: >= enough } score)
                scored.Add((score.Points, row, score.Why));
            return true;
        });
        foreach (var (_, row, why) in scored.OrderByDescending(one => one.Score).ThenByDescending(one => index.Contact(one.Row)))
        {
            if (picked.Rows.Count == FamilyBoard.MostDuplicates)
                return;
            var id = index.Family(row);
            if (picked.Sees(id, index.IsSpecial(row)))
                picked.Rows.Add(finder.Row(row, index.Open(row, held), Closeness.Exact, why));
            else
                picked.Hide(id);
        }

        static Asked? Word(string? name) => name is not null && Folding.Whole(name) is { Length: > 0 } whole ? new Asked([whole]) : null;

        Bits Named(Asked word, Func<Term, ReadOnlySpan<int>> at)
        {
            var terms = new List<Term>();
            if (index.Vocabulary.Exact(word.Words[0]) is { } same)
                terms.Add(same);
            index.Vocabulary.Sounding(word.Sounds(0), terms);
            var bits = index.None();
            foreach (var term in terms)
                bits.Set(at(term));
            return bits;
        }

        (int Points, string Why) Score(Held family)
        {
            var points = 0;
            var shared = new List<string>(4);
            if (Array.Exists(phones, family.Telephones.Contains))
                Count(6, "same telephone");
            if (postcode is not null && family.Postcode == postcode)
                Count(2, "same postcode");
            if (surname is not null)
            {
                if (family.People.Exists(person => FamilyFinder.Fits(person.Surname, surname, 0, Closeness.Exact)))
                    Count(3, "same surname");
                else if (family.People.Exists(person => Alike(person.Surname, surname)))
                    Count(2, "surname sounds alike");
            }
            if (forename is not null)
            {
                if (family.People.Exists(person => !person.IsChild && FamilyFinder.Fits(person.Forename, forename, 0, Closeness.Exact)))
                    Count(2, "same first name");
                else if (family.People.Exists(person => !person.IsChild && Alike(person.Forename, forename)))
                    Count(1, "first name sounds alike");
            }
            if (facts.BornOn is { } born && family.People.Exists(person => !person.IsChild && person.BornOn == born))
                Count(3, "same birth date");
            foreach (var (name, bornOn) in children)
            {
                var best = 0;
                foreach (var person in family.People)
                {
                    if (!person.IsChild)
                        continue;
                    var named = name is not null && (FamilyFinder.Fits(person.Forename, name, 0, Closeness.Exact) || Alike(person.Forename, name));
                    var sameDay = bornOn is not null && person.BornOn == bornOn;
                    best = Math.Max(best, (named ? 2 : 0) + (sameDay ? 3 : 0));
                }
                if (best > 0)
                    Count(best, best switch { 2 => "a child of the same name", 3 => "a child born the same day", _ => "same child" });
            }
            return (points, string.Join(", ", shared.Distinct()));

            void Count(int more, string what)
            {
                points += more;
                shared.Add(what);
            }
        }

        static bool Alike(Name? name, Asked word) => name is not null && Array.Exists(name.Terms, term => FamilyFinder.SoundsAlike(term, word.Sounds(0)));
    }
}
