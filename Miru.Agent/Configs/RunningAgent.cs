using System.Globalization;
using System.Runtime.InteropServices;

namespace Miru.Agent.Configs;

/// <summary>
/// Finds the agent that uses a state directory, to tell it to look there. A process is known by its id and the moment it started: an id
/// alone may by now be somebody else's.
/// </summary>
internal static partial class RunningAgent
{
    private const int HangUp = 1;

    /// <summary>Where the start time stands in <c>/proc/PID/stat</c>, counted after the name in parentheses (proc(5)).</summary>
    private const int StartTimeField = 19;

    /// <summary>This process is the agent now. What cannot be written only costs the signal: requests are also looked for at the start.</summary>
    public static void Announce(string directory)
    {
        try
        {
            File.WriteAllText(PathIn(directory), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {StartTime(Environment.ProcessId)}"));
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
            var words = File.ReadAllText(PathIn(directory)).Split(' ');
            return words.Length == 2 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var id) && StartTime(id) == words[1] && Kill(id, HangUp) == 0;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathIn(string directory) => Path.Combine(directory, "agent.pid");

    private static string StartTime(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
        return status[(status.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField];
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
