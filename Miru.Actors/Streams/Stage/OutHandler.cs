using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Ends the stage when downstream wants no more.</summary>
public abstract class OutHandler : IOutHandler
{
    protected OutHandler()
    {
    }

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception cause) => GraphInterpreter.Current.ActiveStage.CancelStage(cause);
}
