using System.Collections.Immutable;
using System.Globalization;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Confidentiality;
using Wdfis.Domain.Disclosure;
using Wdfis.Portal.Components;

namespace Wdfis.Portal.Features.Disclosure;

/// <summary>The fields of an exemption as they are drafted: the last part of the field's own id, so that a problem finds its control.</summary>
internal static class ExemptionForm
{
    /// <summary>The codes of the drafts.</summary>
    public const string Full = "exemption", Urgent = "urgent", Authority = "authority";

    public const string Kind = "kind", Decision = "decision", Who = "who", Feared = "feared", ToWhom = "to-whom", Body = "body-id", Told = "told", WhyNow = "why-now", Hook = "hook",
        NoPermission = "no-permission", NoPermissionWords = "no-permission-words", Facts = "facts", Opinion = "opinion", Risk = "risk", Necessity = "necessity", Minimum = "minimum",
        Prejudice = "prejudice", Matter = "matter", Views = "views", RecipientCheck = "recipient-check", WhyNamed = "why-named", ReviewOn = "review-on",
        Family = "family-told", FamilyOn = "family-told-on", FamilyWords = "family-told-words", FamilyRevisitOn = "family-revisit-on";

    /// <summary>The id under which problems name a field of the form.</summary>
    public static string FieldOf(string name) => name switch
    {
        Family => "disclosure.told",
        FamilyOn => DisclosureFields.ToldAt,
        FamilyWords => DisclosureFields.ToldWords,
        FamilyRevisitOn => DisclosureFields.ToldRevisitOn,
        _ => $"exemption.{name}",
    };

    /// <summary>The kind that is chosen: child protection until another is.</summary>
    public static ExemptionKind KindOf(IReadOnlyDictionary<string, string> typed, ExemptionKind otherwise = ExemptionKind.X1) => Chosen(typed.GetValueOrDefault(Kind), otherwise);

    /// <summary>What a record holds, as the form shows it.</summary>
    public static ImmutableDictionary<string, string> Of(Exemption held)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        void Set(string name, string? value)
        {
            if (value is not null)
                values[name] = value;
        }
        Set(Kind, held.Kind.ToString());
        Set(Decision, held.Decision.ToString());
        Set(Who, held.Who);
        Set(ToWhom, held.ToWhom);
        Set(Hook, held.Hook);
        Set(NoPermission, held.NoPermission?.ToString());
        Set(NoPermissionWords, held.NoPermissionWords);
        Set(Facts, held.Facts ?? held.WhatIsTold);
        Set(Opinion, held.Opinion);
        Set(Risk, held.Risk ?? held.Feared);
        Set(Necessity, held.Necessity ?? held.WhyNow);
        Set(Minimum, held.Minimum);
        Set(Prejudice, held.Prejudice);
        Set(Matter, held.Matter);
        Set(Views, held.Views);
        Set(RecipientCheck, held.RecipientCheck);
        Set(WhyNamed, held.WhyNamed);
        Set(ReviewOn, Text(held.ReviewOn));
        Set(Family, held.ToldFamily.State == FamilyTold.NotSaid ? null : held.ToldFamily.State.ToString());
        Set(FamilyOn, held.ToldFamily.At is { } at ? Text(London.DateOf(at)) : null);
        Set(FamilyWords, held.ToldFamily.Words);
        Set(FamilyRevisitOn, Text(held.ToldFamily.RevisitOn));
        return values.ToImmutable();
    }

    /// <summary>What a new one begins with that follows this one: its case, to share, and nothing of what was decided about telling and looking again.</summary>
    public static ImmutableDictionary<string, string> Anew(Exemption earlier) =>
        Of(earlier).RemoveRange([Decision, ReviewOn, Family, FamilyOn, FamilyWords, FamilyRevisitOn]);

    /// <summary>The record with what was typed, and what is missing or wrong. What went at once stays as it went: its five fields, its kind and its decision.</summary>
    public static Checked<Exemption> Read(Exemption before, IReadOnlyDictionary<string, string> typed, Stamp now)
    {
        string? Of(string name) => TypedText.Clean(typed.GetValueOrDefault(name));
        var kind = before.GoesAtOnce ? before.Kind : KindOf(typed);
        var decision = before.GoesAtOnce ? before.Decision : Chosen(Of(Decision), ExemptionDecision.Share);
        var hook = ExemptionHooks.Find(Of(Hook));
        var telling = Telling(typed, now);
        var read = before with
        {
            Kind = kind,
            Decision = decision,
            Who = before.GoesAtOnce ? before.Who : Of(Who),
            ToWhom = before.GoesAtOnce ? before.ToWhom : Of(ToWhom),
            Hook = hook?.Code,
            // What the hook does not ask is not kept.
            NoPermission = hook?.AsksNoPermissionReason == true ? Maybe<NoPermissionReason>(Of(NoPermission)) : null,
            NoPermissionWords = hook?.AsksNoPermissionReason == true ? Of(NoPermissionWords) : null,
            Prejudice = hook?.AsksPrejudice == true ? Of(Prejudice) : null,
            Matter = kind is ExemptionKind.X2 or ExemptionKind.X3 ? Of(Matter) : null,
            WhyNamed = kind == ExemptionKind.X3 ? Of(WhyNamed) : null,
            Facts = Of(Facts),
            Opinion = Of(Opinion),
            Risk = Of(Risk),
            Necessity = Of(Necessity),
            Minimum = Of(Minimum),
            Views = Of(Views),
            RecipientCheck = Of(RecipientCheck),
            ReviewOn = Of(ReviewOn).Day(),
            ToldFamily = telling.Value ?? before.ToldFamily,
        };
        return Checked<Exemption>.From(
            [
                .. read.MissingForm(now.On).Where(problem => telling.Accepted || problem.Field != FieldOf(Family)),
                .. telling.Problems,
                TypedText.Check(FieldOf(NoPermissionWords), read.NoPermissionWords, TypedText.NoteLimit, lines: true),
                TypedText.Check(FieldOf(WhyNamed), read.WhyNamed, TypedText.NoteLimit, lines: true),
                read.ReviewOn <= now.On ? new Problem(FieldOf(ReviewOn), "Choose a day after today on which it is looked at again.") : null,
            ],
            () => read);
    }

    /// <summary>Whether the family was told, as typed. Nothing chosen is nothing said.</summary>
    public static Checked<ToldFamily> Telling(IReadOnlyDictionary<string, string> typed, Stamp now) => Maybe<FamilyTold>(typed.GetValueOrDefault(Family)) switch
    {
        FamilyTold.Told => typed.GetValueOrDefault(FamilyOn).Day() is not { } on ? new Problem(DisclosureFields.ToldAt, "Give the day on which they were told.")
            : ToldFamily.Told(on == now.On ? now.At : London.At(on, new TimeOnly(12, 0)), typed.GetValueOrDefault(FamilyWords), now),
        FamilyTold.NotTold => ToldFamily.NotTold(typed.GetValueOrDefault(FamilyWords), typed.GetValueOrDefault(FamilyRevisitOn).Day(), now),
        FamilyTold.NotSaid or null => ToldFamily.NotSaid,
    };

    private static T Chosen<T>(string? text, T otherwise) where T : struct, Enum => Maybe<T>(text) ?? otherwise;

    private static T? Maybe<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
