using System.Collections.Immutable;
using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A sink whose value is a task that ends as the stream does.</summary>
internal abstract class TaskSink<TIn, TOut> : GraphStageWithMaterializedValue<SinkShape<TIn>, Task<TOut>>
{
    protected TaskSink() => Shape = new SinkShape<TIn>(new Inlet<TIn>(GetType().Name.Split('`')[0] + ".in"));

    public sealed override SinkShape<TIn> Shape { get; }

    public sealed override ILogicAndMaterializedValue<Task<TOut>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = CreateLogic();
        return new LogicAndMaterializedValue<Task<TOut>>(logic, logic.Result);
    }

    protected abstract TaskSinkLogic<TIn, TOut> CreateLogic();
}

/// <summary>Asks for element after element.</summary>
internal abstract class TaskSinkLogic<TIn, TOut> : InGraphStageLogic
{
    protected readonly Inlet<TIn> In;
    private readonly TaskCompletionSource<TOut> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected TaskSinkLogic(SinkShape<TIn> shape) : base(shape)
    {
        In = shape.Inlet;
        SetHandler(In, this);
    }

    public Task<TOut> Result => _result.Task;

    public override void PreStart() => Pull(In);

    public override void OnPush()
    {
        try
        {
            Receive(Grab(In));
        }
        catch (Exception cause)
        {
            var directive = Deciding.Of(this)(cause);
            if (directive == Directive.Stop)
            {
                _result.TrySetException(cause);
                throw;
            }

            if (directive == Directive.Restart)
            {
                Restart();
            }
        }

        TryPull(In);
    }

    public override void OnUpstreamFinish()
    {
        Finish();
        CompleteStage();
    }

    public override void OnUpstreamFailure(Exception e)
    {
        _result.TrySetException(e);
        FailStage(e);
    }

    public override void PostStop()
    {
        if (!_result.Task.IsCompleted)
        {
            _result.TrySetException(new AbruptStageTerminationException(this));
        }
    }

    protected abstract void Receive(TIn element);

    /// <summary>Upstream has completed: sets the result.</summary>
    protected abstract void Finish();

    /// <summary>Forgets what was accumulated.</summary>
    protected virtual void Restart()
    {
    }

    protected void Succeed(TOut result) => _result.TrySetResult(result);

    protected void FailWith(Exception cause) => _result.TrySetException(cause);
}

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
