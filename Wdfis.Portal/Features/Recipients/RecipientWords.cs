using Wdfis.Domain.Recipients;

namespace Wdfis.Portal.Features.Recipients;

/// <summary>What screens call the parts of a recipient.</summary>
internal static class RecipientWords
{
    public static string Word(this ContactWay way) => way switch
    {
        ContactWay.Telephone => "Telephone",
        ContactWay.Email => "E-mail",
        ContactWay.Letter => "Post",
        ContactWay.Website => "Website",
    };

    public static string Word(this DirectoryView view) => view switch
    {
        DirectoryView.Open => "All",
        DirectoryView.ToCheck => "To check",
        DirectoryView.Urgent => "Emergencies",
        DirectoryView.Ended => "Closed",
    };

    public static string Empty(this DirectoryView view) => view switch
    {
        DirectoryView.Open => "Nobody of that name. Try another spelling, or add an entry.",
        DirectoryView.ToCheck => "Everything here was checked within the last year.",
        DirectoryView.Urgent => "No entry is marked for emergencies. Mark the front door and the police when you edit them.",
        DirectoryView.Ended => "Nothing here has closed or been merged.",
    };
}
