namespace Wdfis.Portal.Strongroom;

/// <summary>Files that live for one act, in the data folder: gone when they are closed, and what a stop left is gone at the next start that needs one.</summary>
internal sealed class Scratch
{
    private readonly string place;

    public Scratch(DataFolder folder)
    {
        place = Path.Combine(folder.Path, "scratch");
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
    }

    /// <summary>A new file to write and then to read; closing it deletes it.</summary>
    public FileStream NewFile()
    {
        Directory.CreateDirectory(place);
        return new FileStream(Path.Combine(place, Guid.CreateVersion7().ToString("N")), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = 128 * 1024,
        });
    }
}
