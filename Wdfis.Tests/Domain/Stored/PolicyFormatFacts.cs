using System.Text;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Figures;
using Wdfis.Domain.Policy;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Storage.Records;

namespace Wdfis.Tests.Domain.Stored;

/// <summary>What version 1 of the policy's papers wrote must open, and come out the same, in every build to come.</summary>
public sealed class PolicyFormatFacts
{
    private static readonly UnitId Unit = new(Guid.Parse("00000000-0000-7000-8000-0000000000ff"));
    private static readonly Stamp Officer = new(new(Guid.Parse("00000000-0000-7000-8000-00000000000a")), new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero));
    private static readonly Stamp Lead = new(new(Guid.Parse("00000000-0000-7000-8000-00000000000e")), new DateTimeOffset(2026, 6, 2, 10, 0, 0, TimeSpan.Zero));

    private const string ReviewV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","trigger":"Law","because":"The law changed.","edition":"2026.1","opened":{"by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"},"figures":[{"name":"conformance/not-told","month":"2026-06-01","value":12}],"verdicts":[{"clause":"U2","kept":false,"why":"Plainer"}],"signed":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"},"nextOn":"2027-06-01"}
        """;
    private const string ReadV1 = """{"v":1,"id":"00000000-0000-7000-8000-0000000000ff","edition":"2026.1","made":{"by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"}}""";
    private const string CopyV1 =
        """
        {"v":1,"id":"00000000-0000-7000-8000-0000000000ff","format":"OtherLanguage","language":"Polish","to":"A made-up person","askedOn":"2026-06-01","sent":{"by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"}}
        """;

    [Fact]
    public void ReviewV1_OpensAndComesOutTheSame() => Same(new PolicyReviewFormat().Write, new PolicyReviewFormat().Read(Encoding.UTF8.GetBytes(ReviewV1)), ReviewV1);

    [Fact]
    public void AcknowledgementV1_OpensAndComesOutTheSame() => Same(new AcknowledgementFormat().Write, new AcknowledgementFormat().Read(Encoding.UTF8.GetBytes(ReadV1)), ReadV1);

    [Fact]
    public void CopyRequestV1_OpensAndComesOutTheSame() => Same(new CopyRequestFormat().Write, new CopyRequestFormat().Read(Encoding.UTF8.GetBytes(CopyV1)), CopyV1);

    [Fact]
    public void EditionV1_KeepsTextScriptAndHands()
    {
        var edition = PolicyEdition.Create(new(2026, 2), ShippedPolicy.Text.Markdown, new Dictionary<string, string> { ["in-private"] = "Can you talk?" }, true, "Plainer.", Officer).OrThrow()
            .Approve(Lead).OrThrow().Publish(new DateOnly(2026, 6, 5), [], Lead).OrThrow();
        var written = new PolicyEditionFormat().Write(edition);
        Assert.StartsWith("""{"v":1,"number":"2026.2","text":""", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.EndsWith("""
            "material":true,"whatChanged":"Plainer.","drafted":{"by":"00000000-0000-7000-8000-00000000000a","at":"2026-06-01T10:00:00+00:00"},"approved":{"by":"00000000-0000-7000-8000-00000000000e","at":"2026-06-02T10:00:00+00:00"},"publishedOn":"2026-06-05"}
            """, Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        var read = new PolicyEditionFormat().Read(written);
        Assert.Equal(edition.Text.Markdown, read.Text.Markdown);
        Assert.Equal(edition.Script.Lines.Select(line => line.Words), read.Script.Lines.Select(line => line.Words));
        Assert.Equal(written, new PolicyEditionFormat().Write(read));
    }

    private static void Same<T>(Func<T, byte[]> write, T record, string golden) => Assert.Equal(golden, Encoding.UTF8.GetString(write(record)));
}
