using System.Threading.Channels;

namespace Miru.Benchmarks.Actors;

/// <summary>The peer of the messaging runs: a thread that reads a channel.</summary>
internal static class ChannelPeer
{
    /// <summary>A thread that reads <paramref name="messages"/> messages and ends.</summary>
    public static Thread Drain(ChannelReader<object> reader, int messages)
    {
        var thread = new Thread(() =>
        {
            for (var left = messages; left > 0;)
            {
                while (left > 0 && reader.TryRead(out _))
                    left--;
                if (left > 0)
                    reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}
