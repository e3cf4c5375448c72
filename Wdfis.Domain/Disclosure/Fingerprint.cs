using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wdfis.Domain.Confidentiality;

namespace Wdfis.Domain.Disclosure;

/// <summary>
/// The fingerprint of a request: SHA-256 over everything of it that a decision or an agreement rests on, in an order of its own. A swapped
/// recipient, an added item, another text, address, ground or asker gives another; the order of people, items and permissions does not.
/// </summary>
internal static class Fingerprint
{
    public static string Of(DisclosureRequest r)
    {
        var to = new Writer();
        to.Add(r.Id.Value);
        to.Add((int)r.Act);
        var body = r.Recipient.Body;
        to.Add(body.Id.Value);
        to.Add((int)body.Kind);
        to.Add(body.Name);
        to.Add(body.Country);
        to.Add(r.Recipient.Person?.Value ?? default);
        to.Add(r.Recipient.Attention);
        to.Add(r.Purpose);
        to.Add(r.Channel);
        to.Add(r.Address);
        to.Add(r.Attempt?.Address);
        to.Add((int?)r.Attempt?.Channel ?? 0);
        to.Add(r.Attempt?.Voicemail == true ? 1 : 0);
        to.Add(r.Content);
        to.Add(r.Now.By.Value);
        to.Add(r.DoneAt?.UtcTicks.ToString(CultureInfo.InvariantCulture));
        var people = Look.SubjectsOf(r);
        to.Add(people.Length);
        foreach (var person in people)
            to.Add(person.Value);
        var items = new List<string>(r.Items.Length);
        foreach (var item in r.Items)
            items.Add(Line(item));
        items.Sort(StringComparer.Ordinal);
        to.Add(items.Count);
        foreach (var item in items)
            to.Add(item);
        to.Add((int)r.Ground.Kind);
        foreach (var part in r.Ground.Match<IEnumerable<string?>>(
            () => [], e => e.Parts, t => [t.Person.ToString(), t.Proof], l => [l.Document, l.Power, l.Officer], n => [((int)n.Why).ToString(CultureInfo.InvariantCulture), n.Of.ToString()], () => [], () => []))
            to.Add(part);
        if (r.ConfidenceOf is { } child)
            to.Add(child.Value);
        return to.Hash();
    }

    private static string Line(DisclosureItem item)
    {
        var line = new StringBuilder(item.FieldId, 128).Append('|');
        foreach (var person in item.About.Length > 1 ? item.About.Sort(Look.ById) : item.About)
            line.Append(person.Value.ToString("N")).Append(',');
        line.Append('|');
        foreach (var person in item.Mentions.Length > 1 ? item.Mentions.Sort(Look.ById) : item.Mentions)
            line.Append(person.Value.ToString("N")).Append(',');
        line.Append('|');
        foreach (var scope in item.Scopes.Length > 1 ? item.Scopes.Sort(StringComparer.Ordinal) : item.Scopes)
            line.Append(scope).Append(',');
        return line.ToString();
    }

    // Each part with its length before it, so that no two requests read alike.
    private sealed class Writer
    {
        private readonly ArrayBufferWriter<byte> bytes = new(1024);

        public void Add(int value)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), value);
            bytes.Advance(4);
        }

        public void Add(Guid value)
        {
            value.TryWriteBytes(bytes.GetSpan(16));
            bytes.Advance(16);
        }

        public void Add(string? text)
        {
            if (text is null)
            {
                Add(-1);
                return;
            }
            Add(Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, bytes);
        }

        public string Hash() => Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }
}
