using System.Globalization;

namespace Wdfis.Domain.FreeText;

/// <summary>What a piece of a text is.</summary>
internal enum PieceKind
{
    /// <summary>Past the end.</summary>
    None,
    /// <summary>Letters, with apostrophes and hyphens inside.</summary>
    Word,
    /// <summary>Digits.</summary>
    Number,
    /// <summary>Any other sign that shows.</summary>
    Sign,
}

/// <summary>A word, number or sign; <paramref name="End"/> is not included.</summary>
internal readonly record struct Piece(PieceKind Kind, int Start, int End);

/// <summary>The text cut into words, numbers and signs. Whatever does not show is left out.</summary>
internal sealed class Words
{
    private readonly Marks marks;
    private readonly List<Piece> pieces = [];

    public Words(Marks marks)
    {
        this.marks = marks;
        for (var i = 0; i < marks.Text.Length;)
        {
            var start = i;
            if (IsLetter(i))
            {
                while (i < marks.Text.Length && (IsLetter(i) || marks.Text[i] is '\'' or '’' or '-' && i + 1 < marks.Text.Length && IsLetter(i + 1)))
                    i++;
                pieces.Add(new Piece(PieceKind.Word, start, i));
            }
            else if (char.IsAsciiDigit(marks.Folded[i]))
            {
                while (i < marks.Text.Length && char.IsAsciiDigit(marks.Folded[i]))
                    i++;
                pieces.Add(new Piece(PieceKind.Number, start, i));
            }
            else
            {
                if (marks.Folded[i] is not (Marks.Gap or Marks.Invisible or '\n'))
                    pieces.Add(new Piece(PieceKind.Sign, start, i + 1));
                i++;
            }
        }
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => pieces.Count;

    /// <summary>The piece at a place; past the end one of no kind.</summary>
    public Piece this[int i]
    {
        get
        {
            marks.Look();
            return i >= 0 && i < pieces.Count ? pieces[i] : default;
        }
    }

    /// <summary>A word in small letters, or <c>""</c> when the piece is no word or longer than any that matters.</summary>
    public string Small(int i) => this[i] is { Kind: PieceKind.Word } piece && piece.End - piece.Start <= 12 ? marks.Text[piece.Start..piece.End].ToLowerInvariant() : "";

    /// <summary>True when the piece is this sign.</summary>
    public bool IsSign(int i, char sign) => this[i] is { Kind: PieceKind.Sign } piece && marks.Text[piece.Start] == sign;

    /// <summary>The value of a number of at most four digits; -1 for anything else.</summary>
    public int Value(int i) => this[i] is { Kind: PieceKind.Number } piece && piece.End - piece.Start <= 4
        ? int.Parse(marks.Folded.AsSpan(piece.Start, piece.End - piece.Start), NumberStyles.None, CultureInfo.InvariantCulture)
        : -1;

    /// <summary>How long a piece is.</summary>
    public int Length(int i) => this[i].End - this[i].Start;

    /// <summary>True when the sign before is close enough for the two to be read together.</summary>
    public bool Follows(int i) => this[i] is { Kind: not PieceKind.None } piece && piece.Start - this[i - 1].End <= 3;

    /// <summary>True for a word that starts with a capital, or is of a script without them.</summary>
    public bool IsCapital(int i) => this[i] is { Kind: PieceKind.Word } piece
        && char.GetUnicodeCategory(marks.Text[piece.Start]) is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter;

    /// <summary>True for a capital followed by a small letter, or a script without them: no acronym.</summary>
    public bool IsProper(int i) => IsCapital(i) && Length(i) >= 2 && !char.IsUpper(marks.Text[this[i].Start + 1]);

    private bool IsLetter(int i) => char.IsLetter(marks.Text[i])
        || char.GetUnicodeCategory(marks.Text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
