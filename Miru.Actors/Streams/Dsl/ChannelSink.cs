using System.Threading.Channels;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>Sinks over channels.</summary>
public static class ChannelSink
{
    /// <summary>A bounded channel, new for each stream, to read elements from.</summary>
    public static Sink<T, ChannelReader<T>> AsReader<T>(
        int bufferSize, bool singleReader = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait)
    {
        var options = new BoundedChannelOptions(bufferSize) { SingleReader = singleReader, SingleWriter = true, FullMode = fullMode };
        return Sink.FromGraph(new ChannelWriterSink<T, ChannelReader<T>>(
            () =>
            {
                var channel = Channel.CreateBounded<T>(options);
                return (channel.Writer, channel.Reader);
            },
            isOwner: true));
    }

    /// <summary>Writes to the channel; the owner completes it with the stream.</summary>
    public static Sink<T, NotUsed> FromWriter<T>(ChannelWriter<T> writer, bool isOwner) =>
        Sink.FromGraph(new ChannelWriterSink<T, NotUsed>(() => (writer, NotUsed.Instance), isOwner));
}
