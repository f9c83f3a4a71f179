using System.Diagnostics;
using System.Net.Sockets;
using Miru.Benchmarks.Link.Peers;
using Miru.Protocol;

namespace Miru.Benchmarks.Hostile;

/// <summary>An honest application beside the attacks: asks for a config every two milliseconds, and notes how long each answer takes.</summary>
internal sealed class Bystander : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(2);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private List<double> _milliseconds = [];
    private Exception? _failure;
    private volatile bool _stopping;

    public Bystander(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        Ask(MessageCodec.Encode(new Hello([ProtocolLimits.Version], [], "bystander", "bystander/0"), 1));
        _thread = new Thread(Run) { IsBackground = true, Name = "bystander" };
        _thread.Start();
    }

    /// <summary>What it lived through since the last time this was asked.</summary>
    /// <returns>How many answers it got, and the 99th percentile of their times in milliseconds.</returns>
    /// <exception cref="HostileFinding">It was not served.</exception>
    public (int Answers, double P99) Report()
    {
        List<double> times;
        lock (_gate)
        {
            if (_failure is not null)
                throw new HostileFinding($"the bystander was disturbed: {_failure.Message}");
            (times, _milliseconds) = (_milliseconds, []);
        }
        times.Sort();
        return (times.Count, times.Count == 0 ? double.NaN : times[(int)(times.Count * 0.99)]);
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        var get = MessageCodec.Encode(new Get(AgentServer.Slug), 2);
        try
        {
            while (!_stopping)
            {
                var started = Stopwatch.GetTimestamp();
                Ask(get);
                var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                lock (_gate)
                    _milliseconds.Add(took);
                Thread.Sleep(Rhythm);
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
                _failure = failure;
        }
    }

    // Until an answer that is no heartbeat: those break the rhythm, not the count.
    private void Ask(byte[] request)
    {
        _socket.Send(request);
        while (Read() == FrameKind.Heartbeat)
        {
        }
    }

    private FrameKind Read()
    {
        var head = Receive(4);
        var frame = Receive(FrameReader.Read(head, ProtocolLimits.MaxLength).Length - head.Length);
        return (FrameKind)frame[0] == FrameKind.Error ? throw new HostileFinding("it was answered with an error") : (FrameKind)frame[0];
    }

    private byte[] Receive(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var more = _socket.Receive(bytes.AsSpan(have));
            have += more > 0 ? more : throw new HostileFinding("its connection was closed");
        }
        return bytes;
    }
}
