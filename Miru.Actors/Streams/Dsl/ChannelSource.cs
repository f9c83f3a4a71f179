using System.Threading.Channels;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>Sources over channels.</summary>
public static class ChannelSource
{
    /// <summary>What can be read from the channel, until it completes.</summary>
    public static Source<T, NotUsed> FromReader<T>(ChannelReader<T> reader) => Source.FromGraph(new ChannelReaderSource<T>(reader));

    /// <summary>A bounded channel, new for each stream, to write elements to.</summary>
    public static Source<T, ChannelWriter<T>> Create<T>(
        int bufferSize, bool singleWriter = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait)
    {
        var options = new BoundedChannelOptions(bufferSize) { SingleWriter = singleWriter, SingleReader = true, FullMode = fullMode };
        return Source.FromGraph(new OwnChannelSource<T>(options));
    }
}
