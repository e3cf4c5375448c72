using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wdfis.Portal.Strongroom.Board;

namespace Wdfis.Tests.Support;

/// <summary>Words planted by a test, and where they are found again: in every spelling in which a program might put them down.</summary>
internal static class Canaries
{
    // What a families' service meets: Polish, Arabic, Urdu, Irish, Romanian, Kurdish, Ukrainian, Greek, Bengali, Panjabi, Chinese, Vietnamese, Turkish, Hungarian.
    private static readonly string[] Alphabets =
    [
        "aąbcćdeęfghijklłmnńoóprsśtuwyzźż", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "آبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھی", "aábcdeéfghiílmnoóprstuú'", "aăâbcdefghiîjlmnoprsștțuvz", "abcçdeêfghiîjklmnopqrsştuûvwxyz",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "αάβγδεέζηήθιίκλμνξοόπρστυύφχψωώ", "কখগঘচছজঝটঠডঢতথদধনপফবভমযরলশষসহ", "ਕਖਗਘਚਛਜਝਟਠਡਢਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸਹ", "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑", "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghi", "abcçdefgğhıijklmnoöprsştuüvyz", "aábcdeéfghiíjklmnoóöőpqrstuúüűvwxyz’",
    ];

    /// <summary>A made-up name in one of the scripts: long enough to be there by no accident.</summary>
    public static string Name(Random random)
    {
        var letters = Alphabets[random.Next(Alphabets.Length)];
        var name = new StringBuilder();
        while (name.Length < 9)
            name.Append(letters[random.Next(letters.Length)]);
        name[^1] = char.IsLetter(name[^1]) ? name[^1] : 'n';
        return $"{char.ToUpperInvariant(name[0])}{name.ToString(1, name.Length - 1)}".Normalize();
    }

    /// <summary>Each word that stands in a file of the folder, with the file's name; in whatever case, composed or not, folded, escaped, in UTF-8 or UTF-16.</summary>
    public static IReadOnlyList<string> In(string folder, IEnumerable<string> words) =>
        [.. In(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file))), words)];

    /// <inheritdoc cref="In(string, IEnumerable{string})"/>
    public static IEnumerable<string> In(IEnumerable<(string Name, byte[] Bytes)> places, IEnumerable<string> words)
    {
        var spelt = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words)
        {
            foreach (var spelling in Spellings(word).Where(spelling => spelling.Length >= 5))
            {
                foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
                    spelt[Encoding.Latin1.GetString(encoding.GetBytes(spelling))] = word;
            }
        }
        // Bytes as letters, one for one: so that all words are looked for at once.
        var all = SearchValues.Create([.. spelt.Keys], StringComparison.OrdinalIgnoreCase);
        foreach (var (name, bytes) in places)
        {
            var text = Encoding.Latin1.GetString(bytes);
            if (text.AsSpan().IndexOfAny(all) is >= 0 and var at)
                yield return $"{spelt[spelt.Keys.First(key => text.AsSpan(at).StartsWith(key, StringComparison.OrdinalIgnoreCase))]} in {name} at {at}";
        }
    }

    private static HashSet<string> Spellings(string word)
    {
        string[] forms = [word, word.Normalize(NormalizationForm.FormD), Folding.Whole(word), string.Concat(word.Where(char.IsLetterOrDigit)), string.Concat(word.Where(char.IsDigit)).TrimStart('0')];
        var all = forms.Append("+44" + forms[4]).Where(form => form.Any(char.IsLetter) || form.Length >= 8)
            .SelectMany(form => (string[])[form, form.ToLowerInvariant(), form.ToUpperInvariant()]).ToHashSet(StringComparer.Ordinal);
        foreach (var plain in all.ToList())
            all.UnionWith([JsonSerializer.Serialize(plain).Trim('"'), Uri.EscapeDataString(plain), HtmlEncoder.Default.Encode(plain)]);
        return all;
    }
}
