using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>One element.</summary>
internal sealed class SingleSource<T>(T element) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, element);

    private sealed class Logic(SourceShape<T> shape, T element) : SourceLogic<T>(shape)
    {
        public override void OnPull()
        {
            Push(element);
            CompleteStage();
        }
    }
}

/// <summary>Ends at once: with a failure, or, without a cause, with completion.</summary>
internal sealed class EndedSource<T>(Exception cause) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, cause);

    private sealed class Logic(SourceShape<T> shape, Exception cause) : SourceLogic<T>(shape)
    {
        public override void PreStart()
        {
            if (cause is null)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }

        public override void OnPull()
        {
        }
    }
}

/// <summary>Neither emits nor ends.</summary>
internal sealed class NeverSource<T> : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic(SourceShape<T> shape) : SourceLogic<T>(shape)
    {
        public override void OnPull()
        {
        }
    }
}

/// <summary>The same element, for ever.</summary>
internal sealed class RepeatSource<T>(T element) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, element);

    private sealed class Logic(SourceShape<T> shape, T element) : SourceLogic<T>(shape)
    {
        public override void OnPull() => Push(element);
    }
}

/// <summary>What an enumerator yields, which is made at the first demand of each materialization.</summary>
internal sealed class EnumeratorSource<T>(Func<IEnumerator<T>> factory) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory);

    private sealed class Logic(SourceShape<T> shape, Func<IEnumerator<T>> factory) : SourceLogic<T>(shape)
    {
        private IEnumerator<T> _enumerator;

        /// <summary>Looks for the end before there is demand: an empty enumerable completes at once.</summary>
        public override void PreStart()
        {
            _enumerator = factory();
            if (!_enumerator.MoveNext())
            {
                CompleteStage();
            }
        }

        public override void OnPull()
        {
            Push(_enumerator.Current);
            if (!_enumerator.MoveNext())
            {
                CompleteStage();
            }
        }

        public override void PostStop() => _enumerator?.Dispose();
    }
}

/// <summary>A function of a state, until it yields none.</summary>
internal sealed class UnfoldSource<TState, T>(TState state, Func<TState, Util.Option<(TState, T)>> unfold) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, state, unfold);

    private sealed class Logic(SourceShape<T> shape, TState initial, Func<TState, Util.Option<(TState, T)>> unfold) : SourceLogic<T>(shape)
    {
        private TState _state = initial;

        public override void OnPull()
        {
            var next = unfold(_state);
            if (!next.HasValue)
            {
                CompleteStage();
                return;
            }

            _state = next.Value.Item1;
            Push(next.Value.Item2);
        }
    }
}
