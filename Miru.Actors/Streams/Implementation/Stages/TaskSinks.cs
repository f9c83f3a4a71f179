using System.Collections.Immutable;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Calls an action for each element.</summary>
internal sealed class ForEachSink<T>(Action<T> action) : TaskSink<T, Done>
{
    protected override TaskSinkLogic<T, Done> CreateLogic() => new Logic(Shape, action);

    private sealed class Logic(SinkShape<T> shape, Action<T> action) : TaskSinkLogic<T, Done>(shape)
    {
        protected override void Receive(T element) => action(element);

        protected override void Finish() => Succeed(Done.Instance);
    }
}

/// <summary>Discards elements.</summary>
internal sealed class IgnoreSink<T> : TaskSink<T, Done>
{
    protected override TaskSinkLogic<T, Done> CreateLogic() => new Logic(Shape);

    private sealed class Logic(SinkShape<T> shape) : TaskSinkLogic<T, Done>(shape)
    {
        protected override void Receive(T element)
        {
        }

        protected override void Finish() => Succeed(Done.Instance);
    }
}

/// <summary>Collects all elements.</summary>
internal sealed class SeqSink<T> : TaskSink<T, IImmutableList<T>>
{
    protected override TaskSinkLogic<T, IImmutableList<T>> CreateLogic() => new Logic(Shape);

    private sealed class Logic(SinkShape<T> shape) : TaskSinkLogic<T, IImmutableList<T>>(shape)
    {
        private readonly ImmutableList<T>.Builder _elements = ImmutableList.CreateBuilder<T>();

        protected override void Receive(T element) => _elements.Add(element);

        protected override void Finish() => Succeed(_elements.ToImmutable());
    }
}

/// <summary>The state after all elements.</summary>
internal sealed class AggregateSink<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) : TaskSink<TIn, TOut>
{
    protected override TaskSinkLogic<TIn, TOut> CreateLogic() => new Logic(Shape, zero, aggregate);

    private sealed class Logic(SinkShape<TIn> shape, TOut zero, Func<TOut, TIn, TOut> aggregate) : TaskSinkLogic<TIn, TOut>(shape)
    {
        private readonly TOut _zero = zero;
        private TOut _state = zero;

        protected override void Receive(TIn element) => _state = aggregate(_state, element);

        protected override void Finish() => Succeed(_state);

        protected override void Restart() => _state = _zero;
    }
}

/// <summary>The first element; then the stream is cancelled.</summary>
internal sealed class FirstSink<T>(bool orDefault) : TaskSink<T, T>
{
    protected override TaskSinkLogic<T, T> CreateLogic() => new Logic(Shape, orDefault);

    private sealed class Logic(SinkShape<T> shape, bool orDefault) : TaskSinkLogic<T, T>(shape)
    {
        protected override void Receive(T element)
        {
            Succeed(element);
            CompleteStage();
        }

        protected override void Finish()
        {
            if (orDefault)
            {
                Succeed(default);
            }
            else
            {
                FailWith(new NoSuchElementException("First of empty stream"));
            }
        }
    }
}

/// <summary>The last element.</summary>
internal sealed class LastSink<T>(bool orDefault) : TaskSink<T, T>
{
    protected override TaskSinkLogic<T, T> CreateLogic() => new Logic(Shape, orDefault);

    private sealed class Logic(SinkShape<T> shape, bool orDefault) : TaskSinkLogic<T, T>(shape)
    {
        private T _last;
        private bool _any;

        protected override void Receive(T element) => (_last, _any) = (element, true);

        protected override void Finish()
        {
            if (_any || orDefault)
            {
                Succeed(_last);
            }
            else
            {
                FailWith(new NoSuchElementException("Last of empty stream"));
            }
        }
    }
}
