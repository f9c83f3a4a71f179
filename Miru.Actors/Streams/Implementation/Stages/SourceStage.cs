using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A stage with one output.</summary>
internal abstract class SourceStage<TOut> : GraphStage<SourceShape<TOut>>
{
    protected SourceStage()
    {
        Out = new Outlet<TOut>(GetType().Name.Split('`')[0] + ".out");
        Shape = new SourceShape<TOut>(Out);
    }

    public Outlet<TOut> Out { get; }

    public sealed override SourceShape<TOut> Shape { get; }
}

/// <summary>The logic of such a stage, its own handler: unless overridden, it ends when downstream cancels.</summary>
internal abstract class SourceLogic<TOut> : TimerGraphStageLogic, IOutHandler
{
    protected readonly Outlet<TOut> Out;
    private Connection<TOut> _output;

    protected SourceLogic(SourceShape<TOut> shape) : base(shape)
    {
        Out = shape.Outlet;
        SetHandler(Out, (IOutHandler)this);
    }

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception cause) => CancelStage(cause);

    /// <summary>As <c>Push(Out, element)</c>, without the look-up of the connection.</summary>
    protected void Push(TOut element)
    {
        if ((_output.State & (ConnectionState.MayPush | ConnectionState.AnyClosed)) == ConnectionState.MayPush)
        {
            _output.Slot = element;
            Interpreter.Push(_output);
        }
        else
        {
            Push(Out, element);
        }
    }

    private protected sealed override void OnAttached(Outlet outlet, Connection connection) => _output = (Connection<TOut>)connection;

    protected override void OnTimer(object timerKey)
    {
    }
}
