using Akka.Streams;
using Akka.Streams.Stage;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// Bytes to messages, one for each pull. A begun frame must be complete in time ([frame-5]); the clock runs only while this
/// side is reading. A broken clause, or HTTP, is the last element.
/// </summary>
internal sealed class FramingStage(LinkSettings link) : GraphStage<FlowShape<ReadOnlyMemory<byte>, Inbound>>
{
    private readonly Inlet<ReadOnlyMemory<byte>> _bytes = new("FramingStage.bytes");
    private readonly Outlet<Inbound> _messages = new("FramingStage.messages");

    public override FlowShape<ReadOnlyMemory<byte>, Inbound> Shape => new(_bytes, _messages);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, link);

    private sealed class Logic : TimerGraphStageLogic
    {
        private const string FrameOverdue = "frame-overdue";
        private const long None = -1;

        private readonly Inlet<ReadOnlyMemory<byte>> _bytes;
        private readonly Outlet<Inbound> _messages;
        private readonly TimeSpan _frameTimeout;
        private readonly FrameAssembler _assembler;
        private long _timedFrame = None;

        public Logic(FramingStage stage, LinkSettings link)
            : base(stage.Shape)
        {
            _bytes = stage._bytes;
            _messages = stage._messages;
            _frameTimeout = link.FrameTimeout;
            _assembler = new FrameAssembler(link.MaxHelloSize, link.MaxRequestSize);
            SetHandler(_messages, onPull: Deliver);
            SetHandler(_bytes, onPush: OnBytes);
        }

        public override void PostStop() => _assembler.Dispose();

        protected override void OnTimer(object timerKey) =>
            Last(new Inbound.Broken(new Violation(Clauses.Frame5, "a begun frame was not finished in time")));

        private void OnBytes()
        {
            _assembler.Append(Grab(_bytes).Span);
            Deliver();
        }

        private void Deliver()
        {
            if (!_assembler.TryRead(out var inbound))
            {
                AwaitMore();
                return;
            }

            StopClock();
            if (inbound is Inbound.Request)
            {
                Push(_messages, inbound);
            }
            else
            {
                Last(inbound);
            }
        }

        private void AwaitMore()
        {
            if (!_assembler.IsPartial)
            {
                StopClock();
                _assembler.ReleaseIfEmpty();
            }
            else if (_timedFrame != _assembler.FramesRead)
            {
                _timedFrame = _assembler.FramesRead;
                ScheduleOnce(FrameOverdue, _frameTimeout);
            }

            Pull(_bytes);
        }

        private void StopClock()
        {
            if (_timedFrame != None)
            {
                CancelTimer(FrameOverdue);
                _timedFrame = None;
            }
        }

        private void Last(Inbound inbound)
        {
            Push(_messages, inbound);
            CompleteStage();
        }
    }
}
