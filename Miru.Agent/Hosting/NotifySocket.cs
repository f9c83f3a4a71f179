using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Miru.Agent.Hosting;

/// <summary>
/// What the agent tells whoever supervises its process: systemd's sd_notify protocol. Without a supervisor everything here does nothing; a
/// failure does nothing too, because the supervisor notices silence by itself.
/// </summary>
/// <param name="send">Delivers a message; <c>null</c> where nobody listens.</param>
/// <param name="watchdog">How long the supervisor waits for a sign of life before it kills the process; <c>null</c> for ever.</param>
internal sealed class NotifySocket(Action<string>? send, TimeSpan? watchdog)
{
    /// <summary>Time between two signs of life, half of what the supervisor waits; <c>null</c> where it wants none.</summary>
    public TimeSpan? WatchdogInterval => send is null ? null : watchdog / 2;

    /// <summary>Reads what the environment says, and takes it out of there: children must not speak for this process.</summary>
    public static NotifySocket FromEnvironment(ProcessEnvironment process, int processId)
    {
        var (address, timeout, pid) = (process.Variable("NOTIFY_SOCKET"), process.Variable("WATCHDOG_USEC"), process.Variable("WATCHDOG_PID"));
        foreach (var name in new[] { "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID" })
        {
            process.Forget(name);
        }

        var isForUs = pid is null || pid == processId.ToString(CultureInfo.InvariantCulture);
        var watchdog = isForUs && long.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : (TimeSpan?)null;
        return address is ['/' or '@', _, ..] ? new NotifySocket(Sender(address), watchdog) : new NotifySocket(null, null);
    }

    /// <summary>Applications can connect.</summary>
    /// <param name="state">What the agent does, for <c>systemctl status</c>.</param>
    public void Ready(string state) => send?.Invoke($"READY=1\nSTATUS={state}");

    /// <summary>The agent stops in order.</summary>
    public void Stopping() => send?.Invoke("STOPPING=1");

    /// <summary>The agent is alive.</summary>
    public void Alive() => send?.Invoke("WATCHDOG=1");

    private static Action<string> Sender(string address)
    {
        // A leading @ stands for the zero byte of an abstract name.
        var supervisor = new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address);
        return message =>
        {
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
                socket.SendTo(Encoding.UTF8.GetBytes(message), supervisor);
            }
            catch (SocketException)
            {
            }
        };
    }
}
