using System.Net.Sockets;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Miru.Agent.Connections;

/// <summary>Writes batches to the socket, one after the other, each as far as the kernel takes it at a time.</summary>
internal sealed class SocketSink(IByteChannel channel) : GraphStage<SinkShape<SendBatch>>
{
    private readonly Inlet<SendBatch> _batches = new("SocketSink.batches");

    public override SinkShape<SendBatch> Shape => new(_batches);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, channel);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<SendBatch> _batches;
        private readonly IByteChannel _channel;
        private readonly Action _writable;
        private SendBatch? _batch;

        public Logic(SocketSink stage, IByteChannel channel)
            : base(stage.Shape)
        {
            _batches = stage._batches;
            _channel = channel;
            _writable = GetAsyncCallback(() => Write(_batch!));
            SetHandler(_batches, this);
        }

        public override void PreStart() => Pull(_batches);

        public override void OnPush()
        {
            _batch = Grab(_batches);
            Write(_batch);
        }

        public override void PostStop() => _batch?.Dispose();

        private void Write(SendBatch batch)
        {
            try
            {
                var count = _channel.TrySend(batch.Unsent.Span);
                batch.Sent(Math.Max(count, 0));
            }
            catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
            {
                FailStage(broken);
                return;
            }

            if (batch.IsEmpty)
            {
                _batch = null;
                Pull(_batches);
            }
            else
            {
                // In another turn, even if it could be now: a peer that reads as fast as this writes must not hold up the others.
                _channel.WhenWritable(_writable);
            }
        }
    }
}
