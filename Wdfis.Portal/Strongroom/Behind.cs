using System.Runtime.InteropServices;

namespace Wdfis.Portal.Strongroom;

/// <summary>Long work that gives way to whoever waits for an answer: on a thread of its own, which the machine serves last.</summary>
internal static class Behind
{
    private const int OwnThread = 0, Nicest = 19;

    /// <summary>What the work gives, or what it throws.</summary>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancel = default)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            // Linux does not look at a thread's priority here, but at its nice value, which ends with the thread.
            if (OperatingSystem.IsLinux())
                _ = Nice(OwnThread, OwnThread, Nicest);
            try
            {
                cancel.ThrowIfCancellationRequested();
                done.SetResult(work());
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                done.SetCanceled(cancel);
            }
            catch (Exception trouble)
            {
                done.SetException(trouble);
            }
        })
        { IsBackground = true, Priority = ThreadPriority.Lowest, Name = "behind" }.Start();
        return done.Task;
    }

    /// <summary>The same for work that gives nothing.</summary>
    public static Task Run(Action work, CancellationToken cancel = default) => Run(() => { work(); return true; }, cancel);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int which, int who, int value);
}
