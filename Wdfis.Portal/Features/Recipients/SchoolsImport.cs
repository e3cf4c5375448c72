using System.Collections.Concurrent;
using System.Collections.Immutable;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Recipients;
using Wdfis.Portal.Access;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>What an import would do to one entry: make it, change it (what, before, after) or close it.</summary>
internal sealed record RegisterChange(Listed? Before, Recipient After, ImmutableArray<(string What, string? Before, string? After)> Differences)
{
    public bool IsNew => Before is null;
    public bool Closes => Before is not null && !After.IsOpen;

    public override string ToString() => nameof(RegisterChange);
}

/// <summary>Everything that an import would do now. <see cref="Alone"/> says which entries it leaves alone though something is odd about them.</summary>
internal sealed record RegisterPreview(ImmutableArray<RegisterChange> Changes, ImmutableArray<SkippedRow> Refused, ImmutableArray<string> Alone)
{
    public override string ToString() => nameof(RegisterPreview);
}

/// <summary>A file that a colleague brought in: being read, or read.</summary>
internal sealed class ImportRun
{
    /// <summary>How much is read, 0 to 100.</summary>
    public int Percent { get; internal set; }
    /// <summary>Null while it is being read.</summary>
    public RegisterFile? File { get; internal set; }
}

/// <summary>
/// Brings in the schools register: a file is read once and dropped, what it says of our local authority is kept in memory until it is
/// applied in one act, or dropped. The preview is worked out against the directory as it is now, so that a second look is never stale.
/// </summary>
internal sealed class SchoolsImport(RecipientDirectory directory, RecipientDesk desk, IConfiguration configuration, TimeProvider clock, ILogger<SchoolsImport> log)
{
    private readonly ConcurrentDictionary<ColleagueId, ImportRun> runs = new();
    private readonly SemaphoreSlim one = new(1);

    /// <summary>The local authority whose establishments are kept; Wakefield unless configured.</summary>
    public string LocalAuthority { get; } = configuration["Recipients:LocalAuthority"] is { Length: > 0 } code ? code : "384";

    [OpenToAll(OpenBecause.Import)]
    public ImportRun? Of(ColleagueId who) => runs.GetValueOrDefault(who);

    [OpenToAll(OpenBecause.Import)]
    public void Drop(ColleagueId who) => runs.TryRemove(who, out _);

    /// <summary>Reads a file in the background, one at a time, and closes it. A file before it of the same colleague is forgotten.</summary>
    [OpenToAll(OpenBecause.Import)]
    public Task Begin(ColleagueId who, Stream file)
    {
        var run = runs[who] = new ImportRun();
        return Task.Run(async () =>
        {
            await one.WaitAsync();
            try
            {
                RegisterFile read;
                await using (file)
                    read = SchoolsRegister.Read(file, LocalAuthority, new Reporting(percent => run.Percent = percent));
                // The file is gone before anybody hears that it was read.
                run.File = read;
            }
            catch (Exception trouble)
            {
                log.LogError("Reading a file of the schools register failed: {Trouble}", trouble.GetType().Name);
                run.File = RegisterFile.Refused("The file could not be read. Choose it again; if it happens twice, tell your team lead.");
            }
            finally
            {
                one.Release();
            }
        });
    }

    /// <summary>What the file would change, as of now.</summary>
    [OpenToAll(OpenBecause.Import)]
    public RegisterPreview Preview(RegisterFile file, ColleagueId by)
    {
        var now = Stamp.Now(by, clock);
        var held = directory.All.Where(line => line.Recipient is { Details.Urn: not null, IsPersonal: false }).GroupBy(line => line.Recipient.Details.Urn!.Value).ToDictionary(same => same.Key, same => same.ToArray());
        var changes = ImmutableArray.CreateBuilder<RegisterChange>();
        var refused = ImmutableArray.CreateBuilder<SkippedRow>();
        var alone = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in file.Entries)
        {
            var lines = held.GetValueOrDefault(entry.Urn, []);
            if (lines.Length > 1)
                alone.Add($"{entry.Name}: two entries of the directory have its URN. Put them right by hand.");
            else if (lines is [{ Recipient.IsOpen: false } ended])
            {
                if (!entry.Closed)
                    alone.Add($"{ended.Recipient.Name}: it is closed or merged here, and open in the register.");
            }
            else if (lines.Length == 1 || !entry.Closed)
            {
                var before = lines.FirstOrDefault();
                var made = before is null ? entry.ToRecipient(new BodyId(UnitId.Create(clock).Value), now)
                    : entry.Closed ? before.Recipient.Finish(RecipientEnding.Closed, entry.ClosedOn is { } on && on <= now.On ? on : now.On, null, now)
                    : entry.Update(before.Recipient, now);
                if (!made.Accepted)
                    refused.Add(new SkippedRow(entry.Line, string.Join(" ", made.Problems.Select(problem => problem.Sentence))));
                else if (before is null)
                    changes.Add(new RegisterChange(null, made.Value, []));
                else if (RegisterEntry.Differences(before.Recipient, made.Value) is { IsEmpty: false } differences)
                    changes.Add(new RegisterChange(before, made.Value, differences));
            }
        }
        var known = file.Entries.Select(entry => entry.Urn).ToHashSet();
        alone.AddRange(held.Where(line => !known.Contains(line.Key)).SelectMany(line => line.Value).Where(line => line.Recipient.IsOpen)
            .Select(line => $"{line.Recipient.Name}: its URN is not in this file for our local authority."));
        return new RegisterPreview([.. changes.OrderBy(change => change.After.Name, StringComparer.InvariantCultureIgnoreCase)], refused.ToImmutable(), alone.ToImmutable());
    }

    /// <summary>Does all of what is shown, or nothing of it.</summary>
    public Task<Problem?> Apply(Errand<May.CloseRecipients> errand, RegisterPreview preview, CancellationToken cancel = default) =>
        desk.Apply(errand, preview.Changes.Select(change => (change.After, change.Before)), cancel);

    // The framework's own posts to a pool and may arrive out of order.
    private sealed class Reporting(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
