using System.Buffers;
using System.Net.Sockets;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Miru.Agent.Connections;

/// <summary>
/// The bytes a peer sends, as they come. An element is valid until the next pull: whoever keeps it, copies it. While nothing
/// is there to be read no buffer is held.
/// </summary>
internal sealed class SocketSource(IByteChannel channel) : GraphStage<SourceShape<ReadOnlyMemory<byte>>>
{
    private readonly Outlet<ReadOnlyMemory<byte>> _bytes = new("SocketSource.bytes");

    public override SourceShape<ReadOnlyMemory<byte>> Shape => new(_bytes);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, channel);

    private sealed class Logic : OutGraphStageLogic
    {
        private const int ReadSize = 4096;

        private readonly Outlet<ReadOnlyMemory<byte>> _bytes;
        private readonly IByteChannel _channel;
        private readonly Action _readable;
        private byte[]? _buffer;

        public Logic(SocketSource stage, IByteChannel channel)
            : base(stage.Shape)
        {
            _bytes = stage._bytes;
            _channel = channel;
            _readable = GetAsyncCallback(OnPull);
            SetHandler(_bytes, this);
        }

        public override void OnPull()
        {
            _buffer ??= ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                Read(_buffer);
            }
            catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
            {
                FailStage(broken);
            }
        }

        public override void PostStop() => Release();

        private void Read(byte[] buffer)
        {
            var count = _channel.TryReceive(buffer);
            switch (count)
            {
                case > 0:
                    Push(_bytes, buffer.AsMemory(0, count));
                    break;
                case 0:
                    CompleteStage();
                    break;
                default:
                    Release();
                    _channel.WhenReadable(_readable);
                    break;
            }
        }

        private void Release()
        {
            if (_buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = null;
            }
        }
    }
}
