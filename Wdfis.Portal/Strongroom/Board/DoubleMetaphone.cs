namespace Wdfis.Portal.Strongroom.Board;

/// <summary>
/// How a folded word sounds: Lawrence Philips' Double Metaphone, a first and a second code of at most six signs each.
/// One rule of our own: the p of mps and mpt is silent, so that Thompson sounds as Thomson and Sampson as Samson.
/// </summary>
internal static class DoubleMetaphone
{
    private const int Longest = 6;

    /// <summary>The codes of a folded word; empty for one without Latin letters. Both are the same where there is one way to say it.</summary>
    internal static (string First, string Second) Of(string folded)
    {
        Span<char> letters = folded.Length <= 64 ? stackalloc char[folded.Length] : new char[folded.Length];
        var length = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            var silent = c == 'p' && i > 0 && folded[i - 1] == 'm' && i + 1 < folded.Length && (folded[i + 1] is 's' or 't');
            if (char.IsAsciiLetterLower(c) && !silent)
                letters[length++] = char.ToUpperInvariant(c);
        }
        if (length == 0)
            return ("", "");
        var word = new Word(letters[..length]);
        return word.Encode();
    }

    private ref struct Word(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private Code first = new();
        private Code second = new();
        private bool slavoGermanic;
        private int at;

        private readonly int Last => text.Length - 1;

        internal (string, string) Encode()
        {
            slavoGermanic = text.ContainsAny('W', 'K') || text.Contains("CZ", StringComparison.Ordinal);
            at = Is(0, "GN", "KN", "PN", "WR", "PS") ? 1 : 0;
            while (at < text.Length && (first.Length < Longest || second.Length < Longest))
            {
                switch (text[at])
                {
                    case 'A' or 'E' or 'I' or 'O' or 'U' or 'Y':
                        if (at == 0)
                            Add("A");
                        at++;
                        break;
                    case 'B': Plain("P", 'B'); break;
                    case 'C': C(); break;
                    case 'D': D(); break;
                    case 'F': Plain("F", 'F'); break;
                    case 'G': G(); break;
                    case 'H':
                        if ((at == 0 || Vowel(at - 1)) && Vowel(at + 1))
                        {
                            Add("H");
                            at += 2;
                        }
                        else
                        {
                            at++;
                        }
                        break;
                    case 'J': J(); break;
                    case 'K': Plain("K", 'K'); break;
                    case 'L': L(); break;
                    case 'M':
                        Add("M");
                        at += Char(at + 1) == 'M' || Is(at - 1, "UMB") && (at + 1 == Last || Is(at + 2, "ER")) ? 2 : 1;
                        break;
                    case 'N': Plain("N", 'N'); break;
                    case 'P':
                        if (Char(at + 1) == 'H')
                        {
                            Add("F");
                            at += 2;
                        }
                        else
                        {
                            Add("P");
                            at += Char(at + 1) is 'P' or 'B' ? 2 : 1;
                        }
                        break;
                    case 'Q': Plain("K", 'Q'); break;
                    case 'R':
                        if (at == Last && !slavoGermanic && Is(at - 2, "IE") && !Is(at - 4, "ME", "MA"))
                            Add("", "R");
                        else
                            Add("R");
                        at += Char(at + 1) == 'R' ? 2 : 1;
                        break;
                    case 'S': S(); break;
                    case 'T': T(); break;
                    case 'V': Plain("F", 'V'); break;
                    case 'W': W(); break;
                    case 'X':
                        if (at == 0)
                        {
                            Add("S");
                            at++;
                            break;
                        }
                        if (!(at == Last && (Is(at - 3, "IAU", "EAU") || Is(at - 2, "AU", "OU"))))
                            Add("KS");
                        at += Char(at + 1) is 'C' or 'X' ? 2 : 1;
                        break;
                    case 'Z': Z(); break;
                    default: at++; break;
                }
            }
            return (first.ToString(), second.ToString());
        }

        private void C()
        {
            if (Is(at, "CHIA") || at > 1 && !Vowel(at - 2) && Is(at - 1, "ACH")
                && (Char(at + 2) is not ('I' or 'E') || Is(at - 2, "BACHER", "MACHER")))
            {
                Add("K");
                at += 2;
            }
            else if (at == 0 && Is(0, "CAESAR"))
            {
                Add("S");
                at += 2;
            }
            else if (Is(at, "CH"))
            {
                Ch();
            }
            else if (Is(at, "CZ") && !Is(at - 2, "WICZ"))
            {
                Add("S", "X");
                at += 2;
            }
            else if (Is(at + 1, "CIA"))
            {
                Add("X");
                at += 3;
            }
            else if (Is(at, "CC") && !(at == 1 && text[0] == 'M'))
            {
                if (Char(at + 2) is 'I' or 'E' or 'H' && !Is(at + 2, "HU"))
                {
                    Add(at == 1 && text[0] == 'A' || Is(at - 1, "UCCEE", "UCCES") ? "KS" : "X");
                    at += 3;
                }
                else
                {
                    Add("K");
                    at += 2;
                }
            }
            else if (Is(at, "CK", "CG", "CQ"))
            {
                Add("K");
                at += 2;
            }
            else if (Is(at, "CI", "CE", "CY"))
            {
                if (Is(at, "CIO", "CIE", "CIA"))
                    Add("S", "X");
                else
                    Add("S");
                at += 2;
            }
            else
            {
                Add("K");
                at += Char(at + 1) is 'C' or 'K' or 'Q' && !Is(at + 1, "CE", "CI") ? 2 : 1;
            }
        }

        private void Ch()
        {
            if (at > 0 && Is(at, "CHAE"))
                Add("K", "X");
            else if (at == 0 && (Is(1, "HARAC", "HARIS") || Is(1, "HOR", "HYM", "HIA", "HEM")) && !Is(0, "CHORE"))
                Add("K");
            else if (Is(0, "SCH") || Is(at - 2, "ORCHES", "ARCHIT", "ORCHID") || Char(at + 2) is 'T' or 'S'
                || (at == 0 || Char(at - 1) is 'A' or 'O' or 'U' or 'E')
                    && (at + 1 == Last || Char(at + 2) is 'L' or 'R' or 'N' or 'M' or 'B' or 'H' or 'F' or 'V' or 'W'))
                Add("K");
            else if (at == 0)
                Add("X");
            else if (Is(0, "MC"))
                Add("K");
            else
                Add("X", "K");
            at += 2;
        }

        private void D()
        {
            if (Is(at, "DG"))
            {
                if (Char(at + 2) is 'I' or 'E' or 'Y')
                {
                    Add("J");
                    at += 3;
                }
                else
                {
                    Add("TK");
                    at += 2;
                }
                return;
            }
            Add("T");
            at += Is(at, "DT", "DD") ? 2 : 1;
        }

        private void G()
        {
            if (Char(at + 1) == 'H')
            {
                Gh();
                return;
            }
            if (Char(at + 1) == 'N')
            {
                if (at == 1 && Vowel(0) && !slavoGermanic)
                    Add("KN", "N");
                else if (!Is(at + 2, "EY") && !slavoGermanic)
                    Add("N", "KN");
                else
                    Add("KN");
                at += 2;
            }
            else if (Is(at + 1, "LI") && !slavoGermanic)
            {
                Add("KL", "L");
                at += 2;
            }
            else if (at == 0 && (Char(1) == 'Y' || Is(1, "ES", "EP", "EB", "EL", "EY") || Is(1, "IB", "IL", "IN", "IE", "EI") || Is(1, "ER")))
            {
                Add("K", "J");
                at += 2;
            }
            else if ((Is(at + 1, "ER") || Char(at + 1) == 'Y') && !Is(0, "DANGER", "RANGER", "MANGER")
                && Char(at - 1) is not ('E' or 'I') && !Is(at - 1, "RGY", "OGY"))
            {
                Add("K", "J");
                at += 2;
            }
            else if (Char(at + 1) is 'E' or 'I' or 'Y' || Is(at - 1, "AGGI", "OGGI"))
            {
                if (Is(0, "SCH") || Is(at + 1, "ET"))
                    Add("K");
                else if (Is(at + 1, "IER"))
                    Add("J");
                else
                    Add("J", "K");
                at += 2;
            }
            else
            {
                Plain("K", 'G');
            }
        }

        private void Gh()
        {
            if (at > 0 && !Vowel(at - 1))
            {
                Add("K");
            }
            else if (at == 0)
            {
                Add(Char(2) == 'I' ? "J" : "K");
            }
            else if (!(Char(at - 2) is 'B' or 'H' or 'D' || Char(at - 3) is 'B' or 'H' or 'D' || Char(at - 4) is 'B' or 'H'))
            {
                if (at > 2 && Char(at - 1) == 'U' && (Char(at - 3) is 'C' or 'G' or 'L' or 'R' or 'T'))
                    Add("F");
                else if (Char(at - 1) != 'I')
                    Add("K");
            }
            at += 2;
        }

        private void J()
        {
            if (Is(at, "JOSE"))
            {
                if (text.Length == 4)
                    Add("H");
                else
                    Add("J", "H");
                at++;
                return;
            }
            if (at == 0)
                Add("J", "A");
            else if (Vowel(at - 1) && !slavoGermanic && (Char(at + 1) is 'A' or 'O'))
                Add("J", "H");
            else if (at == Last)
                Add("J", "");
            else if (Char(at + 1) is not ('L' or 'T' or 'K' or 'S' or 'N' or 'M' or 'B' or 'Z') && Char(at - 1) is not ('S' or 'K' or 'L'))
                Add("J");
            at += Char(at + 1) == 'J' ? 2 : 1;
        }

        private void L()
        {
            if (Char(at + 1) != 'L')
            {
                Add("L");
                at++;
                return;
            }
            var spanish = at == text.Length - 3 && Is(at - 1, "ILLO", "ILLA", "ALLE")
                || (Is(Last - 1, "AS", "OS") || text[Last] is 'A' or 'O') && Is(at - 1, "ALLE");
            if (spanish)
                Add("L", "");
            else
                Add("L");
            at += 2;
        }

        private void S()
        {
            if (Is(at - 1, "ISL", "YSL"))
            {
                at++;
            }
            else if (at == 0 && Is(0, "SUGAR"))
            {
                Add("X", "S");
                at++;
            }
            else if (Is(at, "SH"))
            {
                Add(Is(at + 1, "HEIM", "HOEK", "HOLM", "HOLZ") ? "S" : "X");
                at += 2;
            }
            else if (Is(at, "SIO", "SIA"))
            {
                if (slavoGermanic)
                    Add("S");
                else
                    Add("S", "X");
                at += 3;
            }
            else if (at == 0 && (Char(1) is 'M' or 'N' or 'L' or 'W') || Char(at + 1) == 'Z')
            {
                Add("S", "X");
                at += Char(at + 1) == 'Z' ? 2 : 1;
            }
            else if (Is(at, "SC"))
            {
                Sc();
            }
            else
            {
                if (at == Last && Is(at - 2, "AI", "OI"))
                    Add("", "S");
                else
                    Add("S");
                at += Char(at + 1) is 'S' or 'Z' ? 2 : 1;
            }
        }

        private void Sc()
        {
            if (Char(at + 2) == 'H')
            {
                if (Is(at + 3, "ER", "EN"))
                    Add("X", "SK");
                else if (Is(at + 3, "OO", "UY", "ED", "EM"))
                    Add("SK");
                else if (at == 0 && !Vowel(3) && Char(3) != 'W')
                    Add("X", "S");
                else
                    Add("X");
            }
            else
            {
                Add(Char(at + 2) is 'I' or 'E' or 'Y' ? "S" : "SK");
            }
            at += 3;
        }

        private void T()
        {
            if (Is(at, "TION", "TIA", "TCH"))
            {
                Add("X");
                at += 3;
            }
            else if (Is(at, "TH", "TTH"))
            {
                if (Is(at + 2, "OM", "AM") || Is(0, "SCH"))
                    Add("T");
                else
                    Add("0", "T");
                at += 2;
            }
            else
            {
                Add("T");
                at += Char(at + 1) is 'T' or 'D' ? 2 : 1;
            }
        }

        private void W()
        {
            if (Is(at, "WR"))
            {
                Add("R");
                at += 2;
            }
            else if (at == 0 && (Vowel(1) || Char(1) == 'H'))
            {
                if (Vowel(1))
                    Add("A", "F");
                else
                    Add("A");
                at++;
            }
            else if (at == Last && Vowel(at - 1) || Is(at - 1, "EWSKI", "EWSKY", "OWSKI", "OWSKY") || Is(0, "SCH"))
            {
                Add("", "F");
                at++;
            }
            else if (Is(at, "WICZ", "WITZ"))
            {
                Add("TS", "FX");
                at += 4;
            }
            else
            {
                at++;
            }
        }

        private void Z()
        {
            if (Char(at + 1) == 'H')
            {
                Add("J");
                at += 2;
                return;
            }
            if (Is(at + 1, "ZO", "ZI", "ZA") || slavoGermanic && at > 0 && Char(at - 1) != 'T')
                Add("S", "TS");
            else
                Add("S");
            at += Char(at + 1) == 'Z' ? 2 : 1;
        }

        private void Plain(string code, char doubled)
        {
            Add(code);
            at += Char(at + 1) == doubled ? 2 : 1;
        }

        private void Add(string both) => Add(both, both);

        private void Add(string primary, string secondary)
        {
            first.Add(primary);
            second.Add(secondary);
        }

        private readonly char Char(int i) => i >= 0 && i < text.Length ? text[i] : '\0';

        private readonly bool Vowel(int i) => Char(i) is 'A' or 'E' or 'I' or 'O' or 'U' or 'Y';

        private readonly bool Is(int i, params ReadOnlySpan<string> any)
        {
            if (i < 0 || i >= text.Length)
                return false;
            foreach (var one in any)
                if (text[i..].StartsWith(one, StringComparison.Ordinal))
                    return true;
            return false;
        }
    }

    private struct Code
    {
        private System.Runtime.CompilerServices.InlineArray8<char> signs;

        public Code()
        {
        }

        internal int Length { get; private set; }

        internal void Add(string more)
        {
            foreach (var c in more)
                if (Length < Longest)
                    signs[Length++] = c;
        }

        public override readonly string ToString()
        {
            Span<char> copy = stackalloc char[Longest];
            for (var i = 0; i < Length; i++)
                copy[i] = signs[i];
            return new string(copy[..Length]);
        }
    }
}
