using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Connections;

/// <summary>
/// A file descriptor kept for the moment when there is no other: given up, it lets one waiting connection be accepted and told that there is
/// no room, instead of leaving it to wait for what may not come. It helps that connection, not the process: <see cref="DescriptorBudget"/> keeps that
/// from running out. For one actor's use.
/// </summary>
internal sealed class ReserveDescriptor : IDisposable
{
    private const string Anything = "/dev/null";

    private SafeFileHandle? _reserve = TryOpen();

    /// <summary>Accepts a connection that waits, in the reserve's place. Dispose it before the next.</summary>
    /// <param name="listener">Not blocking.</param>
    /// <returns><c>null</c> where none waits, or somebody else was quicker to take the descriptor.</returns>
    public Socket? TryAccept(Socket listener)
    {
        _reserve?.Dispose();
        _reserve = null;
        try
        {
            return listener.Accept();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Takes the reserve back, once what was accepted with it is disposed.</summary>
    public void Refill() => _reserve ??= TryOpen();

    /// <summary>Tells those who wait that there is no room, at most so many.</summary>
    public void RefuseWaiting(Socket listener, int most)
    {
        for (; most > 0 && TryAccept(listener) is { } client; most--)
        {
            BusySignal.Give(client);
            Refill();
        }

        Refill();
    }

    public void Dispose() => _reserve?.Dispose();

    private static SafeFileHandle? TryOpen()
    {
        try
        {
            return File.OpenHandle(Anything);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
