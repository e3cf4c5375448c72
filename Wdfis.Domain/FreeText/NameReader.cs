using System.Collections.Frozen;

namespace Wdfis.Domain.FreeText;

/// <summary>Names that give themselves away: after a title, after "my son", after "is called" or "name is".</summary>
internal sealed class NameReader(Marks marks, Words words)
{
    private const int LongestName = 6;

    private static readonly FrozenSet<string> Titles =
        FrozenSet.ToFrozenSet(["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend", "sir", "master"]);

    private static readonly FrozenSet<string> Possessives = FrozenSet.ToFrozenSet(["my", "his", "her", "their", "our", "your", "the"]);

    private static readonly FrozenSet<string> Relations = FrozenSet.ToFrozenSet(
    [
        "son", "daughter", "child", "boy", "girl", "baby", "twin", "husband", "wife", "partner", "ex", "mum", "mother", "dad", "father", "brother", "sister",
        "stepson", "stepdad", "stepmum", "grandson", "nan", "nana", "gran", "grandma", "grandad", "aunt", "auntie", "uncle", "cousin", "niece", "nephew", "friend",
        "neighbour", "carer", "foster",
    ]);

    private static readonly FrozenSet<string> Particles =
        FrozenSet.ToFrozenSet(["van", "von", "de", "der", "den", "di", "da", "dos", "du", "al", "el", "la", "le", "bin", "bint", "ben", "ter", "st", "o"]);

    private static readonly FrozenSet<string> NoNames = FrozenSet.ToFrozenSet(
    [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september",
        "october", "november", "december", "the", "he", "she", "they", "it", "we", "and", "but", "or", "is", "was", "has", "who", "said", "says", "year", "key", "english",
    ]);

    public void Read()
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Kind != PieceKind.Word)
                continue;
            var word = words.Small(i);
            if (Titles.Contains(word))
                AfterTitle(i, word);
            else if (Relations.Contains(word) && Possessives.Contains(words.Small(i - 1)))
                AfterRelation(i);
            else if (word is "called" or "named" && (words.Small(i - 1) is "is" or "was" or "am" || Relations.Contains(words.Small(i - 1))))
                Mark(i - 1, i + 1);
            else if (word == "name" && (words.Small(i + 1) is "is" or "was" || words.IsSign(i + 1, ':')))
                Mark(i, i + 2);
        }
    }

    private void AfterTitle(int i, string title)
    {
        // "I miss school" and "master bedroom" are no names.
        if (title is "miss" or "master" or "sir" && !words.IsCapital(i))
            return;
        var next = words.IsSign(i + 1, '.') ? i + 2 : i + 1;
        var end = NameEnd(next, acronyms: true);
        // After Mr and Mrs nothing but a name stands, so hasty small letters count too.
        if (end == next && title is "mr" or "mrs" && words.Follows(next) && words[next].Kind == PieceKind.Word && words.Length(next) >= 2 && !NoNames.Contains(words.Small(next)))
            end = next + 1;
        if (end > next)
            marks.Mark(words[i].Start, words[end - 1].End, IdentifierKind.Name);
    }

    private void AfterRelation(int i)
    {
        var next = i + 1;
        if (words.IsSign(next, ','))
            next++;
        if (words.Small(next) is "is" or "was")
            next++;
        if (words.Small(next) is "called" or "named")
            next++;
        Mark(i - 1, next);
    }

    private void Mark(int from, int name)
    {
        var end = NameEnd(name, acronyms: false);
        if (end > name)
            marks.Mark(words[from].Start, words[end - 1].End, IdentifierKind.Name);
    }

    /// <summary>The piece after a name that starts here; the same place when none does.</summary>
    private int NameEnd(int start, bool acronyms)
    {
        var end = start;
        for (var i = start; i < start + LongestName && words.Follows(i) && words[i].Kind == PieceKind.Word; i++)
        {
            if (words.IsCapital(i) && words.Length(i) == 1 && acronyms)
            {
                end = i + 1;
                if (words.IsSign(i + 1, '.'))
                    i++;
            }
            else if ((acronyms ? words.IsCapital(i) : words.IsProper(i)) && words.Length(i) >= 2 && !NoNames.Contains(words.Small(i)))
            {
                end = i + 1;
            }
            else if (!Particles.Contains(words.Small(i)))
            {
                break;
            }
        }
        return end;
    }
}
