using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>
/// Finds the agent that uses a state directory, to tell it to look there. What it wrote down of itself is only where to look: whoever may write
/// into the directory could have root signal a process of his choice. The agent is who holds the lock on the directory's file and belongs to the
/// user that the file belongs to; it is held by a descriptor meanwhile, so that its number cannot become somebody else's.
/// </summary>
internal static partial class RunningAgent
{
    private const int HangUp = 1;

    /// <summary>pidfd_send_signal and pidfd_open, which have these numbers on every architecture.</summary>
    private const int SendSignalCall = 424;
    private const int OpenCall = 434;

    /// <summary>A process number and nothing else.</summary>
    private const int LongestNumber = 16;

    /// <summary>This process is the agent now. What cannot be written only costs the signal: requests are also looked for at the start.</summary>
    public static void Announce(string directory)
    {
        try
        {
            File.WriteAllText(PathIn(directory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    /// <summary>Sends the agent SIGHUP; false if it is not to be found or belongs to another user.</summary>
    public static bool Nudge(string directory)
    {
        try
        {
            if (ReadNumber(directory) is not { } number)
            {
                return false;
            }

            using var process = new SafeFileHandle((nint)SystemCall(OpenCall, number, 0, 0, 0), ownsHandle: true);
            return !process.IsInvalid && IsAgent(number, directory)
                && SystemCall(SendSignalCall, process.DangerousGetHandle(), HangUp, 0, 0) == 0;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathIn(string directory) => Path.Combine(directory, "agent.pid");

    private static int? ReadNumber(string directory)
    {
        using var open = new PosixFileSystem().OpenRoot(directory);
        return open?.Read(Path.GetFileName(PathIn(directory)), LongestNumber) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
    }

    private static bool IsAgent(int number, string directory)
    {
        using var state = Posix.Open(Posix.WorkingDirectory, directory, Posix.OpenDirectoryFlags);
        return state is not null
            && Posix.Look(state, StateDirectoryLock.FileName, directory) is { Kind: FileKind.Regular } held
            && UserOf(number) == held.Owner.User
            && Holds(number, held.Identity.Inode);
    }

    /// <summary>From what everybody may read: an agent that forbids core dumps hides its descriptors and the owner of its place in /proc, even from its own user.</summary>
    private static uint? UserOf(int number)
    {
        var users = File.ReadLines($"/proc/{number}/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split('\t');
        return users is [_, _, var effective, ..] && uint.TryParse(effective, CultureInfo.InvariantCulture, out var user) ? user : null;
    }

    /// <summary>
    /// Whether the kernel's list of locks says <c>12: FLOCK ADVISORY WRITE number device:inode 0 EOF</c>. The device is not compared: some file
    /// systems (btrfs) have another one there than everywhere else.
    /// </summary>
    private static bool Holds(int number, ulong inode) => File.ReadLines("/proc/locks")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(field => field is [_, "FLOCK", _, "WRITE", var holder, var file, ..]
            && holder == number.ToString(CultureInfo.InvariantCulture)
            && file.EndsWith($":{inode}", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);
}
