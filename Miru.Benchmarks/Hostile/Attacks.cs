using System.Buffers.Binary;
using Miru.Protocol;

namespace Miru.Benchmarks.Hostile;

/// <summary>What is done to the agent over its socket. Each returns how many of its kind it did, and throws what it finds.</summary>
internal sealed class Attacks(string path, int seed)
{
    private const int FramesPerConnection = 32;
    private static readonly byte[] Get = MessageCodec.Encode(new Get(Link.Peers.AgentServer.Slug), 2);

    private readonly Random _random = new(seed);
    private readonly Mutator _mutator = new(new Random(seed + 1));

    /// <summary>Frames, sound, damaged or random, many on each connection; then the end of the sentence.</summary>
    public long Frames(int count)
    {
        for (var sent = 0; sent < count; sent += FramesPerConnection)
        {
            using var peer = new HostilePeer(path, greeted: _random.Next(8) != 0);
            var bytes = new List<byte>();
            for (var frame = 0; frame < FramesPerConnection; frame++)
                bytes.AddRange(Frame());
            peer.Say([.. bytes]);
            peer.StopSaying();
            peer.HearAll();
        }
        return count;
    }

    /// <summary>Every prefix of every golden file, then the end; and every file in two pieces.</summary>
    public long PrefixesAndSplits(int every)
    {
        long done = 0;
        foreach (var frame in GoldenFrames.All)
        {
            for (var at = _random.Next(every); at < frame.Length; at += every, done += 2)
            {
                using var prefix = new HostilePeer(path, greeted: (at & 1) == 0);
                prefix.Say(frame.AsSpan(0, at));
                prefix.StopSaying();
                prefix.HearAll();
                using var split = new HostilePeer(path, greeted: (at & 1) == 0);
                split.Say(frame.AsSpan(0, at));
                split.Say(frame.AsSpan(at));
                split.StopSaying();
                split.HearAll();
            }
        }
        return done;
    }

    /// <summary>Lengths around every limit, with and without the bytes they promise.</summary>
    public long Lengths()
    {
        long done = 0;
        foreach (var limit in new long[] { 0, 8, 12, 256, 4096, 8192, 65_536, 1 << 20, 4 << 20, 16 << 20, int.MaxValue, uint.MaxValue })
        {
            for (var length = Math.Max(0, limit - 2); length <= Math.Min(uint.MaxValue, limit + 2); length++, done++)
            {
                var frame = new byte[4 + Math.Min(length, 70_000)];
                BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)length);
                using var peer = new HostilePeer(path, greeted: (length & 1) == 0);
                peer.Say(frame);
                peer.StopSaying();
                peer.HearAll();
            }
        }
        return done;
    }

    /// <summary>Requests without end on one connection, read only when all are said; some without reading at all.</summary>
    public long Floods(int connections)
    {
        byte[] flood = [.. Enumerable.Repeat(Get, 2000).SelectMany(request => request)];
        for (var at = 0; at < connections; at++)
        {
            using var peer = new HostilePeer(path, greeted: true);
            var saying = Task.Factory.StartNew(() => peer.Say(flood), TaskCreationOptions.LongRunning);
            if (at % 4 != 0)
            {
                long heard = 0;
                while (heard < 2000L * (Link.Peers.AgentServer.ContentSize + 12) && peer.Hear() is > 0 and var count)
                    heard += count;
                saying.Wait();
                if (heard < 2000L * Link.Peers.AgentServer.ContentSize)
                    throw new HostileFinding($"2000 requests were answered with {heard} bytes");
            }
            else
            {
                peer.Dispose();
                // The socket went away under it.
                try { saying.Wait(); }
                catch (AggregateException) { }
            }
        }
        return connections * 2000L;
    }

    /// <summary>Ends half way: a full window of requests and no more, or gone with answers unread, or in the middle of a frame.</summary>
    public long HalfCloses(int connections)
    {
        byte[] window = [.. Enumerable.Repeat(Get, 100).SelectMany(request => request)];
        for (var at = 0; at < connections; at++)
        {
            using var peer = new HostilePeer(path, greeted: true);
            switch (at % 3)
            {
                case 0:
                    peer.Say(window);
                    peer.StopSaying();
                    if (peer.HearAll() is var heard && heard < 100 * Link.Peers.AgentServer.ContentSize)
                        throw new HostileFinding($"after a half close 100 requests were answered with {heard} bytes");
                    break;
                case 1:
                    peer.Say(window);
                    break;
                default:
                    peer.Say(window.AsSpan(0, 7));
                    break;
            }
        }
        return connections;
    }

    /// <summary>Comes and goes: at once, after a word, after the greeting.</summary>
    public long Churn(int connections)
    {
        for (var at = 0; at < connections; at++)
        {
            using var peer = new HostilePeer(path, greeted: at % 3 == 0);
            if (at % 3 == 1)
                peer.Say([0]);
        }
        return connections;
    }

    /// <summary>Greeted connections that then say nothing, all at once.</summary>
    public long Idle(int connections)
    {
        var peers = new List<HostilePeer>();
        try
        {
            for (var at = 0; at < connections; at++)
                peers.Add(new HostilePeer(path, greeted: true));
            Thread.Sleep(TimeSpan.FromSeconds(2));
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
        return connections;
    }

    private byte[] Frame()
    {
        var frame = Any();
        switch (_random.Next(16))
        {
            case 0:
                return _mutator.Damage(frame, Any());
            case 1:
                var noise = new byte[_random.Next(1, 64)];
                _random.NextBytes(noise);
                // Behind a length that fits it is judged as a frame, otherwise mostly as a length.
                return _random.Next(2) == 0 ? noise : [0, 0, 0, (byte)(8 + noise.Length), (byte)_random.Next(20), 0, 0, (byte)noise.Length, 0, 0, 0, 9, .. noise];
            case 2:
                return [0, 0, 0, 12, (byte)_random.Next(80, 256), 1, 0, 4, 0, 0, 0, 9, 1, 2, 3, 4];
            default:
                return Get;
        }
    }

    private byte[] Any() => GoldenFrames.All[_random.Next(GoldenFrames.All.Count)];
}
