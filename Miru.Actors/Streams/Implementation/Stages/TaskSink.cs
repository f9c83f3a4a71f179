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
    private Connection<TIn> _input;
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
            Receive(_input.Grab());
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

        if ((_input.State & (ConnectionState.Pulled | ConnectionState.AnyClosed)) == 0)
        {
            Interpreter.Pull(_input);
        }
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

    private protected sealed override void OnAttached(Inlet inlet, Connection connection) => _input = (Connection<TIn>)connection;

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
