using System.Threading.Channels;

namespace Miru.Sdk.Transport;

/// <summary>Frames over any stream, on the thread pool: where the calling thread cannot read the socket itself.</summary>
internal sealed class StreamTransport(Stream stream) : ITransport
{
    private readonly FrameSource _source = new(stream);
    private readonly FrameSink _sink = new(stream);

    public async Task RunAsync(IReceiver receiver, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(receiver, stop.Token);
        var writing = _sink.RunAsync(stop.Token);
        var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    public bool TrySend(ReadOnlySpan<byte> frame) => _sink.TrySend(frame.ToArray());

    public async ValueTask SendAsync(byte[] frame, CancellationToken cancellation)
    {
        try
        {
            await _sink.SendAsync(frame, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new IOException("the connection has ended", closed);
        }
    }

    public bool SentSinceAsked() => _sink.SentSinceAsked();

    public void Close() => _sink.Close();

    public void Dispose() => stream.Dispose();

    private async Task ReadAsync(IReceiver receiver, CancellationToken cancellation)
    {
        while (true)
        {
            receiver.Received(await _source.ReadAsync(cancellation).ConfigureAwait(false));
        }
    }
}
