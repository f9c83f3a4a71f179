using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>Something from outside for a stage of a stream: handled by the stream's actor between two batches of signals.</summary>
internal abstract class AsyncInput
{
    protected AsyncInput(GraphStageLogic logic) => Logic = logic;

    public GraphStageLogic Logic { get; }

    /// <summary>The next older input of the stream's inbox.</summary>
    public AsyncInput Next { get; set; }

    public abstract void Run();

    /// <summary>Called instead of <see cref="Run"/> when the stage has stopped.</summary>
    public virtual void Discard()
    {
    }
}

/// <summary>An asynchronous callback with its argument.</summary>
internal sealed class AsyncInput<T> : AsyncInput
{
    private readonly Action<T> _handler;
    private readonly T _argument;

    public AsyncInput(GraphStageLogic logic, Action<T> handler, T argument) : base(logic)
    {
        _handler = handler;
        _argument = argument;
    }

    public override void Run() => _handler(_argument);
}
