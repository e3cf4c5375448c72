using Wdfis.Domain.Anonymity;
using Wdfis.Domain.Calendar;
using Wdfis.Domain.Consent;
using Wdfis.Domain.Disclosure;
using Wdfis.Domain.Enquiries;
using Wdfis.Domain.Families;
using Wdfis.Domain.FreeText;
using Wdfis.Domain.Handling;
using Wdfis.Domain.Policy;
using Wdfis.Domain.Recipients;
using Wdfis.Domain.Retention;
using Wdfis.Domain.Rights;
using Wdfis.Portal.Features.Anonymity;
using Wdfis.Portal.Features.Consent;
using Wdfis.Portal.Features.Desk;
using Wdfis.Portal.Features.Disclosure;
using Wdfis.Portal.Features.Drafts;
using Wdfis.Portal.Features.Enquiries;
using Wdfis.Portal.Features.Families;
using Wdfis.Portal.Features.Handling;
using Wdfis.Portal.Features.Policy;
using Wdfis.Portal.Features.Recipients;
using Wdfis.Portal.Features.Retention;
using Wdfis.Portal.Features.Rights;
using Wdfis.Portal.Jobs;
using Wdfis.Portal.Operations;
using Wdfis.Portal.Storage.Records;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Features;

/// <summary>Each noun's one service, and how its records are stored: a line each.</summary>
internal static class FeatureSetup
{
    /// <exception cref="StartRefused">A setting cannot be used; the sentence names it and says what is allowed.</exception>
    public static IServiceCollection AddFeatures(this IServiceCollection services, IConfiguration configuration)
    {
        var descriptor = ServiceSettings.Descriptor(configuration);
        services.AddSingleton<IRecordFormat<Draft>, DraftFormat>();
        services.AddSingleton<DraftDesk>();
        services.AddSingleton<IRecordFormat<PolicyEdition>, PolicyEditionFormat>();
        services.AddSingleton<ISearchCardFormat<PolicyEdition>, PolicyEditionFormat>();
        services.AddSingleton<IRecordFormat<PolicyReview>, PolicyReviewFormat>();
        services.AddSingleton<IRecordFormat<Acknowledgement>, AcknowledgementFormat>();
        services.AddSingleton<IRecordFormat<CopyRequest>, CopyRequestFormat>();
        services.AddSingleton<PolicyShelf>();
        services.AddSingleton<PolicyDesk>();
        services.AddPublicPages();
        services.AddSingleton<PolicyBundle>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<CopyDesk>();
        services.AddSingleton<ConformanceDesk>();
        services.AddSingleton<Jobs.JobLog>();
        services.AddHttpClient(WebsiteCheck.JobName);
        services.AddSingleton<WebsiteCheck>();
        services.AddSingleton<IRecordFormat<FamilyCard>, FamilyCardFormat>();
        services.AddSingleton<IRecordFormat<Enquiry>, EnquiryFormat>();
        services.AddSingleton<IRecordFormat<Permission>, PermissionFormat>();
        var schedule = ServiceSettings.Schedule(configuration);
        services.AddSingleton(sp => new ScheduleShelf(schedule, sp.GetRequiredService<Keeper>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(ServiceSettings.Bounds(configuration));
        services.AddSingleton(ServiceSettings.ContactPause(configuration));
        services.AddSingleton<IRecordFormat<ScheduleVersion>, ScheduleFormat>();
        services.AddSingleton<ISearchCardFormat<ScheduleVersion>, ScheduleFormat>();
        services.AddSingleton<ScheduleDesk>();
        services.AddSingleton<IJob, ApplySchedule>();
        services.AddSingleton(new WorkingDays(ServiceSettings.BankHolidays(configuration)));
        services.AddSingleton(sp => new Envelopes(sp.GetRequiredService<ScheduleShelf>(), sp.GetRequiredService<PolicyShelf>(), descriptor));
        services.AddSingleton<FamilyDesk>();
        services.AddSingleton<WorklistDesk>();
        services.AddSingleton<Seeding>();
        services.AddSingleton<IRecordFormat<AskedAbout>, AskedFormat>();
        services.AddSingleton<IRecordFormat<Anonymisation>, AnonymisationFormat>();
        services.AddSingleton<IRecordFormat<HandlingNote>, HandlingFormat>();
        services.AddSingleton<HandlingDesk>();
        services.AddSingleton<PermissionDesk>();
        services.AddSingleton(EnquirySettings.Read(configuration));
        services.AddSingleton(EnquirySettings.Guard(configuration));
        services.AddSingleton<IRecordFormat<DisclosureRecord>, DisclosureFormat>();
        services.AddSingleton<IRecordFormat<Exemption>, ExemptionFormat>();
        services.AddSingleton<IRecordFormat<AuthorityFinding>, FindingFormat>();
        services.AddSingleton<IRecordFormat<Amends>, AmendsFormat>();
        services.AddSingleton<DisclosureDesk>();
        services.AddSingleton<AmendsDesk>();
        services.AddSingleton<ExemptionDesk>();
        services.AddSingleton<StatementDesk>();
        services.AddSingleton<OutletDoor>();
        services.AddSingleton<SheetRenderer>();
        services.AddSingleton<EnquiryDesk>();
        services.AddSingleton<AskedDesk>();
        services.AddSingleton<AnonymityDesk>();
        services.AddSingleton<IRecordFormat<Recipient>, RecipientFormat>();
        services.AddSingleton<ISearchCardFormat<Recipient>, RecipientFormat>();
        services.AddSingleton<RetentionDesk>();
        services.AddSingleton<EnvelopeExport>();
        services.AddSingleton<IRecordFormat<Hold>, HoldFormat>();
        services.AddSingleton<HoldDesk>();
        services.AddSingleton<RecipientDirectory>();
        services.AddSingleton<RecipientDesk>();
        services.AddSingleton<SchoolsImport>();
        services.AddSingleton<IRecordFormat<RightsRequest>, RightsRequestFormat>();
        services.AddSingleton<IRecordFormat<RightsPack>, RightsPackFormat>();
        services.AddSingleton<RightsDesk>();
        services.AddSingleton<PackDesk>();
        services.AddSingleton<Scratch>();
        return services;
    }
}
