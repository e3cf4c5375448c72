using System.CommandLine;
using Wdfis.Portal.Strongroom;

namespace Wdfis.Portal.Operations;

/// <summary>The command-line verbs of the portal's own executable. Without a verb it runs the portal.</summary>
internal static class Verbs
{
    private static readonly string[] Names = ["seed", "verify", "backup", "restore", "export-policy", "drop-audit-year"];

    public static bool Asked(string[] args) => args.Length > 0 && (Names.Contains(args[0]) || args[0] is "--help" or "-h" or "-?" or "--version");

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("The WDFIS portal. Without a verb it runs the portal; settings come from appsettings.json, the environment (Storage__Folder=…) and --Key=value.");

        var families = new Option<int>("--families") { Description = "How many synthetic families to make (1 to 2,000,000).", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same people.", DefaultValueFactory = _ => 1 };
        var add = new Option<bool>("--add") { Description = "Add to a database that already holds families. The same numbers on the same day finish a seed that was cut off." };
        var data = new Option<string?>("--data") { Description = "The data folder; the configured one when left out." };
        var seeding = new Command("seed", "Fills the database with made-up families, enquiries and permissions. Refuses one that is not empty unless --add is given, and always one stamped real.") { families, seed, add, data };
        seeding.Validators.Add(result =>
        {
            if (result.GetValue(families) is < 1 or > 2_000_000)
                result.AddError("--families takes a number from 1 to 2,000,000.");
        });
        seeding.SetAction((parsed, cancel) => SeedVerb.Run(parsed.GetValue(families), parsed.GetValue(seed), parsed.GetValue(add), parsed.GetValue(data), cancel));

        var verifying = new Command("verify", "Checks the databases, the audit chain with its signed heads, and that every sealed value opens. Ends with 0 when all is well, with 1 and a list of what is wrong and where when not.") { data };
        verifying.SetAction((parsed, cancel) => VerifyVerb.Run(parsed.GetValue(data), cancel));

        var backing = new Command("backup", "Takes a backup of records and keys, also while the portal runs: copies, verifies, seals under the key-encryption key, and puts the two files into Backup:Records and Backup:Keys. Lets old ones go whose days are over. Ends with 0 when the backup counts.") { data };
        backing.SetAction((parsed, cancel) => BackupVerb.Run(parsed.GetValue(data), cancel));

        var records = new Option<string?>("--records") { Description = "The record backup; the newest in Backup:Records when left out." };
        var keys = new Option<string?>("--keys") { Description = "The key backup; the newest in Backup:Keys when left out. Never an older one." };
        var replace = new Option<bool>("--replace") { Description = "Restore over what is there, after a safety copy of it." };
        var aside = new Option<bool>("--set-aside") { Description = "With --replace, when what is there is too damaged for a safety copy: keep its files as they are in a folder beside." };
        var restoring = new Command("restore", "Brings the records of a backup back into an empty folder, or over what is there with --replace. Whoever was destroyed since stays destroyed. The portal must be stopped. Ends with 0 when the restored files verified and stand in their place; otherwise what was there is as it was.") { records, keys, replace, aside, data };
        restoring.Validators.Add(result =>
        {
            if (result.GetValue(aside) && !result.GetValue(replace))
                result.AddError("--set-aside goes with --replace.");
        });
        restoring.SetAction((parsed, cancel) => RestoreVerb.Run(
            new RestoreAsked { Records = parsed.GetValue(records), Keys = parsed.GetValue(keys), Replace = parsed.GetValue(replace), SetAside = parsed.GetValue(aside) }, parsed.GetValue(data), cancel));

        root.Add(backing);
        root.Add(restoring);
        var into = new Argument<string>("folder") { Description = "Where to write; made when it is not there." };
        var exporting = new Command("export-policy", "Writes the published policy as static pages for the council's website: every edition, large print, plain text. Works while the portal runs.") { into, data };
        exporting.SetAction((parsed, cancel) => ExportPolicyVerb.Run(parsed.GetValue(into)!, parsed.GetValue(data), cancel));

        var year = new Argument<int>("year") { Description = "The year; those before it go with it." };
        var dropping = new Command("drop-audit-year", "Drops a year of the audit whose time is over by the retention schedule and which one lead or officer asked for and another agreed to, and those before it, and leaves a signed entry so that the rest still verifies. Refused while a hold binds what it names, when its end has no signed head, or when something does not verify. The portal must be stopped.") { year, data };
        dropping.SetAction((parsed, cancel) => DropAuditYearVerb.Run(parsed.GetValue(year), parsed.GetValue(data), cancel));

        root.Add(exporting);
        root.Add(dropping);
        root.Add(seeding);
        root.Add(verifying);
        // Refusals to start reach Program as exceptions with one plain sentence.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
