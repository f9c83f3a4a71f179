using System.Diagnostics;
using System.Threading.Channels;
using Miru.Sdk;

namespace Quickstart;

/// <summary>A config in the application's hands, and when it got there.</summary>
internal sealed record Delivery(MiruConfig Config, long ReceivedAt)
{
    public TimeSpan Since(long publishedAt) => Stopwatch.GetElapsedTime(publishedAt, ReceivedAt);

    /// <summary>This is all a robot application does: watch a config by name and take each version as it comes.</summary>
    public static async Task ReceiveAsync(MiruClient miru, string slug, ChannelWriter<Delivery> deliveries, CancellationToken cancellation)
    {
        await foreach (var config in miru.WatchAsync(slug, cancellation))
            await deliveries.WriteAsync(new Delivery(config, Stopwatch.GetTimestamp()), cancellation);
    }
}
