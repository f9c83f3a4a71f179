using System.Net.Sockets;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Two connected Unix sockets without a path.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Socket near, Socket far) => (Near, Far) = (near, far);

    /// <summary>The end under test.</summary>
    public Socket Near { get; }

    /// <summary>The peer's end.</summary>
    public Socket Far { get; }

    public int Descriptor => (int)Near.Handle;

    public static SocketPair Create()
    {
        // An abstract name: no file.
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint($"\0miru-test-{Guid.NewGuid():N}"));
        listener.Listen();
        var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        far.Connect(listener.LocalEndPoint!);
        return new SocketPair(listener.Accept(), far);
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
