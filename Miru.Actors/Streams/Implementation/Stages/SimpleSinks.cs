using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A stage with one input and no value.</summary>
internal abstract class SinkStage<TIn> : GraphStage<SinkShape<TIn>>
{
    protected SinkStage() => Shape = new SinkShape<TIn>(new Inlet<TIn>(GetType().Name.Split('`')[0] + ".in"));

    public sealed override SinkShape<TIn> Shape { get; }
}

/// <summary>Cancels at once.</summary>
internal sealed class CancelledSink<T> : SinkStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;

        public Logic(SinkShape<T> shape) : base(shape)
        {
            _in = shape.Inlet;
            SetHandler(_in, this);
        }

        public override void PreStart() => Cancel(_in);

        public override void OnPush()
        {
        }
    }
}

/// <summary>Discards elements and calls back when the stream ends.</summary>
internal sealed class OnCompleteSink<T>(Action success, Action<Exception> failure) : SinkStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, success, failure);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly Action _success;
        private readonly Action<Exception> _failure;
        private bool _called;

        public Logic(SinkShape<T> shape, Action success, Action<Exception> failure) : base(shape)
        {
            (_in, _success, _failure) = (shape.Inlet, success, failure);
            SetHandler(_in, this);
        }

        public override void PreStart() => Pull(_in);

        public override void OnPush()
        {
            Grab(_in);
            Pull(_in);
        }

        public override void OnUpstreamFinish()
        {
            _called = true;
            _success();
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _called = true;
            _failure(e);
            FailStage(e);
        }

        public override void PostStop()
        {
            if (!_called)
            {
                _failure(new AbruptStageTerminationException(this));
            }
        }
    }
}
