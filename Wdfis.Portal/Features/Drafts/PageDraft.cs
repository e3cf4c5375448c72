using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Wdfis.Domain.Confidentiality;
using Wdfis.Portal.Access;
using Wdfis.Portal.Components;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features.Drafts;

/// <summary>What is typed on a page, as one draft whose id stands in the address: a reload gives it back, and of several forms each is emptied once it is done.</summary>
[OpenToAll(OpenBecause.NothingOpened)]
internal sealed class PageDraft(DraftDesk drafts, IJSRuntime js, NavigationManager navigation, TimeProvider clock)
{
    private Draft? kept;

    public UnitId Id { get; private set; }

    /// <summary>What stood in a field when the page was opened; null for nothing.</summary>
    public string? this[string field] => kept?.Fields.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;

    /// <summary>The same as a choice of a list.</summary>
    public T One<T>(string field, T otherwise) where T : struct, Enum => Enum.TryParse<T>(this[field], out var one) && Enum.IsDefined(one) ? one : otherwise;

    /// <summary>The same as a day.</summary>
    public DateOnly? Day(string field) => this[field].Day();

    /// <summary>The same as a moment, without its time zone.</summary>
    public DateTime? Time(string field) => DateTime.TryParse(this[field], CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The names of the fields that hold something and begin so.</summary>
    public IEnumerable<string> Filled(string prefix) => kept?.Fields.Where(field => field.Value.Length > 0 && field.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(field => field.Key) ?? [];

    /// <summary>A form of its own, on a page whose address is another's.</summary>
    public void Begin() => Id = UnitId.Create(clock);

    /// <summary>Reads the draft that the address names, or gives the address one. True when the page is to be read anew.</summary>
    public async Task<bool> Open(Errand<May.TypeForms> errand, string? asked)
    {
        if (!UnitId.TryParse(asked, out var id))
        {
            Name(UnitId.Create(clock));
            return false;
        }
        if (id == Id)
            return false;
        var (typed, refused) = await drafts.Look(errand, id);
        if (refused is null)
            (Id, kept) = (id, typed);
        // What is there and does not open is explained, and not begun anew. An address that a colleague sent along names theirs.
        else if (refused is DraftAnswer.Damaged or DraftAnswer.NoRoom or DraftAnswer.Busy)
            navigation.NavigateTo($"unfinished/{id}", replace: true);
        else
            Name(UnitId.Create(clock));
        return refused is null;
    }

    /// <summary>Everything typed is on the server's disk, or what keeps it from there. A draft that became somebody else's keeps nobody from saving.</summary>
    public async Task<ImmutableArray<Problem>> Sent(Errand<May.TypeForms> errand) =>
        await js.InvokeAsync<string>("wdfis.flushDraft", Id.ToString()) is { Length: > 0 } waiting && await drafts.Usable(errand, Id) ? [new Problem("", waiting)] : [];

    /// <summary>An act on what is typed is under way: a second does not begin before it is over.</summary>
    public bool Busy { get; private set; }

    /// <summary>Acts on what is typed, once all of it is on the server's disk.</summary>
    /// <param name="asked">For whom and for what.</param>
    /// <param name="act">Gives what is wrong; nothing when it is done.</param>
    /// <param name="say">Takes what keeps it from being done; nothing when it is.</param>
    /// <param name="done">What follows on the page.</param>
    public async Task Act(Func<Task<Errand>> asked, Func<Errand, Task<ImmutableArray<Problem>>> act, Action<ImmutableArray<Problem>> say, Func<Errand, Task> done)
    {
        if (Busy)
            return;
        Busy = true;
        try
        {
            var errand = await asked();
            var problems = await Sent(errand) is [_, ..] waiting ? waiting : await act(errand);
            say(problems);
            if (problems.IsEmpty)
                await done(errand);
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>The same of an act that gives the record as it then is.</summary>
    public Task Act<T>(Func<Task<Errand>> asked, Func<Errand, Task<Checked<T>>> act, Action<ImmutableArray<Problem>> say, Func<Errand, T, Task> done) where T : class
    {
        T? made = null;
        return Act(asked, async errand =>
        {
            var answer = await act(errand);
            made = answer.Value;
            return answer.Problems;
        }, say, errand => done(errand, made!));
    }

    /// <summary>A form of the page is done: its fields are emptied, and with the last of the page's forms the draft goes.</summary>
    public async Task Done(Errand<May.TypeForms> errand, params string[] fields)
    {
        var draft = await drafts.Open(errand, Id);
        if (draft is null && await drafts.Usable(errand, Id))
            return;
        if (draft?.Fields.Any(field => field.Key != DraftForms.AtField && field.Value.Length > 0 && !fields.Contains(field.Key)) == true)
        {
            var done = fields.Where(draft.Fields.ContainsKey).ToDictionary(field => field, _ => "");
            await drafts.Keep(errand, Id, draft.Form, done);
            kept = draft.With(done);
            return;
        }
        await Drop(errand);
        Renew();
    }

    /// <summary>What was typed became a record, and the draft went with it: what is typed next is another.</summary>
    public void Renew()
    {
        (Id, kept) = (UnitId.Create(clock), null);
        Name(Id);
    }

    /// <summary>The page is done.</summary>
    public async Task Drop(Errand<May.TypeForms> errand)
    {
        await js.InvokeVoidAsync("wdfis.forgetDraft", Id.ToString());
        await drafts.Drop(errand, Id);
    }

    private void Name(UnitId id) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("draft", id.ToString()), replace: true);
}
