using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Carillon.Scheduling;

/// <summary>
/// A process and everything it started. On Linux it is found by three marks, so that a process which changed its
/// parent is found as well: the process group and the session that the first one leads, and the environment that
/// all of them inherit. What has left group and session and cleared its environment escapes. Elsewhere it is what the
/// runtime finds by following parents.
/// </summary>
internal sealed partial class ProcessTree
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int MaxKills = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly Process _root;
    private readonly byte[][] _marks;

    /// <summary>Makes the tree of a process that has just been started.</summary>
    /// <param name="root">The process; started by <see cref="GroupStarter"/> where there is one.</param>
    /// <param name="marks">Variables, as <c>NAME=value</c>, that together no other process has.</param>
    public ProcessTree(Process root, IReadOnlyList<string> marks)
    {
        _root = root;
        _marks = [.. marks.Select(static m => Encoding.UTF8.GetBytes(m + '\0'))];
    }

    /// <summary>
    /// The program that makes a process the leader of a session and a group; it is replaced by what it starts.
    /// </summary>
    public static string GroupStarter { get; } =
        Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists) ?? string.Empty;

    /// <summary>Whether processes can be started in a group of their own here.</summary>
    public static bool HasGroups => OperatingSystem.IsLinux() && GroupStarter.Length > 0;

    /// <summary>Asks all processes to end, and kills those that are left after a grace.</summary>
    public async Task EndAsync(TimeSpan grace, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
        {
            _root.Kill(entireProcessTree: true);
            return;
        }

        var begun = time.GetTimestamp();
        Signal(Members(), Terminate);
        while (Members().Count > 0 && time.GetElapsedTime(begun) < grace)
        {
            await Task.Delay(BetweenLooks, time, CancellationToken.None);
        }

        // A process that is being made while the others are killed is found by the next look.
        for (var kills = 0; kills < MaxKills && Members() is { Count: > 0 } members; kills++)
        {
            Signal(members, Kill);
            await Task.Delay(BetweenLooks, time, CancellationToken.None);
        }
    }

    private static void Signal(List<int> processes, int signal)
    {
        // One that has ended meanwhile is no error.
        processes.ForEach(id => _ = SendSignal(id, signal));
    }

    private List<int> Members()
    {
        var members = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var isProcess = int.TryParse(
                Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            if (isProcess && IsMember(folder, id))
            {
                members.Add(id);
            }
        }

        return members;
    }

    private bool IsMember(string folder, int id)
    {
        try
        {
            // "id (name) state parent group session …", where the name may hold anything.
            var status = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is "Z" or "X")
            {
                return false;
            }

            return id == _root.Id || (HasGroups && (LedByRoot(fields[2]) || LedByRoot(fields[3]))) || IsMarked(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or belongs to somebody else
        }
    }

    private bool LedByRoot(string leader)
    {
        return int.Parse(leader, CultureInfo.InvariantCulture) == _root.Id;
    }

    private bool IsMarked(string folder)
    {
        ReadOnlySpan<byte> environment = File.ReadAllBytes(Path.Combine(folder, "environ"));
        foreach (var mark in _marks)
        {
            if (environment.IndexOf(mark) < 0)
            {
                return false;
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
