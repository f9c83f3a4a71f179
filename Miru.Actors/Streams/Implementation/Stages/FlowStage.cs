using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A stage with one input and one output.</summary>
internal abstract class FlowStage<TIn, TOut> : GraphStage<FlowShape<TIn, TOut>>
{
    protected FlowStage()
    {
        var name = GetType().Name.Split('`')[0];
        In = new Inlet<TIn>(name + ".in");
        Out = new Outlet<TOut>(name + ".out");
        Shape = new FlowShape<TIn, TOut>(In, Out);
    }

    public Inlet<TIn> In { get; }

    public Outlet<TOut> Out { get; }

    public sealed override FlowShape<TIn, TOut> Shape { get; }
}

/// <summary>
/// The logic of such a stage, its own handler. Unless overridden, demand goes up, and what ends on one side ends the stage.
/// </summary>
internal abstract class FlowLogic<TIn, TOut> : TimerGraphStageLogic, IInHandler, IOutHandler
{
    protected readonly Inlet<TIn> In;
    protected readonly Outlet<TOut> Out;
    private Connection<TIn> _input;
    private Connection<TOut> _output;

    protected FlowLogic(FlowShape<TIn, TOut> shape) : base(shape)
    {
        In = shape.Inlet;
        Out = shape.Outlet;
        SetHandler(In, (IInHandler)this);
        SetHandler(Out, (IOutHandler)this);
    }

    /// <summary>Time since an arbitrary start, as the scheduler counts it.</summary>
    protected TimeSpan Now => Interpreter.Host.Now;

    public abstract void OnPush();

    public virtual void OnPull() => Pull();

    public virtual void OnUpstreamFinish() => CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => FailStage(e);

    public virtual void OnDownstreamFinish(Exception cause) => CancelStage(cause);

    protected override void OnTimer(object timerKey)
    {
    }

    /// <summary>As <c>Grab(In)</c>, without the look-up of the connection.</summary>
    protected TIn Grab() => (_input.State & ConnectionState.Arrived) != 0 ? _input.Grab() : Grab(In);

    /// <summary>As <c>Pull(In)</c>, without the look-up of the connection.</summary>
    protected void Pull()
    {
        if ((_input.State & (ConnectionState.Pulled | ConnectionState.AnyClosed)) == 0)
        {
            Interpreter.Pull(_input);
        }
        else
        {
            Pull(In);
        }
    }

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

    private protected sealed override void OnAttached(Inlet inlet, Connection connection) => _input = (Connection<TIn>)connection;

    private protected sealed override void OnAttached(Outlet outlet, Connection connection) => _output = (Connection<TOut>)connection;

    /// <summary>Whether the stream goes on without the element whose handling threw. If not, the exception ends the stage.</summary>
    protected bool Drops(Exception cause) => Decide(cause) != Directive.Stop;

    protected Directive Decide(Exception cause) => Deciding.Of(this)(cause);
}

/// <summary>Finds the decider that applies to a stage.</summary>
internal static class Deciding
{
    public static Decider Of(GraphStageLogic logic) =>
        logic.Attributes.GetAttribute<ActorAttributes.SupervisionStrategy>()?.Decider ?? logic.Interpreter.Host.Materializer.Settings.SupervisionDecider;
}
