using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Emits the initial state, then the state after each element.</summary>
internal sealed class Scan<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> scan) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, zero, scan);

    private sealed class Logic(FlowShape<TIn, TOut> shape, TOut zero, Func<TOut, TIn, TOut> scan) : FlowLogic<TIn, TOut>(shape)
    {
        private readonly TOut _zero = zero;
        private TOut _state = zero;
        private bool _zeroSent;

        public override void OnPull()
        {
            if (_zeroSent)
            {
                Pull();
            }
            else
            {
                _zeroSent = true;
                Push(_state);
            }
        }

        public override void OnPush()
        {
            try
            {
                _state = scan(_state, Grab());
                Push(_state);
            }
            catch (Exception cause)
            {
                switch (Decide(cause))
                {
                    case Directive.Stop:
                        throw;
                    case Directive.Resume:
                        TryPull(In);
                        break;
                    default:
                        _state = _zero;
                        Push(_state);
                        break;
                }
            }
        }

        public override void OnUpstreamFinish()
        {
            if (_zeroSent)
            {
                CompleteStage();
            }
            else
            {
                Emit(Out, _state, CompleteStage);
            }
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (_zeroSent)
            {
                FailStage(e);
            }
            else
            {
                Emit(Out, _state, () => FailStage(e));
            }
        }
    }
}

/// <summary>Emits one element when upstream completes: the state after all elements.</summary>
internal sealed class Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> fold) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, zero, fold);

    private sealed class Logic(FlowShape<TIn, TOut> shape, TOut zero, Func<TOut, TIn, TOut> fold) : FlowLogic<TIn, TOut>(shape)
    {
        private readonly TOut _zero = zero;
        private TOut _state = zero;

        public override void OnPull() => TryPull(In);

        public override void OnPush()
        {
            try
            {
                _state = fold(_state, Grab());
            }
            catch (Exception cause)
            {
                switch (Decide(cause))
                {
                    case Directive.Stop:
                        throw;
                    case Directive.Restart:
                        _state = _zero;
                        break;
                }
            }

            Pull();
        }

        public override void OnUpstreamFinish() => Emit(Out, _state, CompleteStage);
    }
}

/// <summary>Emits one element when upstream completes: all elements combined. Fails if there was none.</summary>
internal sealed class Sum<T>(Func<T, T, T> reduce) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, reduce);

    private sealed class Logic(FlowShape<T, T> shape, Func<T, T, T> reduce) : FlowLogic<T, T>(shape)
    {
        private T _state;
        private bool _any;

        public override void OnPull() => TryPull(In);

        public override void OnPush()
        {
            try
            {
                _state = _any ? reduce(_state, Grab()) : Grab();
                _any = true;
            }
            catch (Exception cause)
            {
                switch (Decide(cause))
                {
                    case Directive.Stop:
                        throw;
                    case Directive.Restart:
                        _any = false;
                        break;
                }
            }

            Pull();
        }

        public override void OnUpstreamFinish()
        {
            if (_any)
            {
                Emit(Out, _state, CompleteStage);
            }
            else
            {
                FailStage(new NoSuchElementException("sum over empty stream"));
            }
        }
    }
}
