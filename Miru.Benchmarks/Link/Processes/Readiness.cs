using System.Diagnostics;
using System.Net.Sockets;

namespace Miru.Benchmarks.Link.Processes;

/// <summary>Waits until a server that was just started can be talked to.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task AwaitSocketAsync(string path, Process server)
    {
        while (true)
        {
            if (server.HasExited)
                throw new InvalidOperationException($"'{server.StartInfo.FileName} {string.Join(' ', server.StartInfo.ArgumentList)}' exited with {server.ExitCode}");
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
