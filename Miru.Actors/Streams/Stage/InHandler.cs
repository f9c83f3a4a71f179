using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Ends the stage when upstream ends, in the same way.</summary>
public abstract class InHandler : IInHandler
{
    protected InHandler()
    {
    }

    public abstract void OnPush();

    public virtual void OnUpstreamFinish() => GraphInterpreter.Current.ActiveStage.CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => GraphInterpreter.Current.ActiveStage.FailStage(e);
}
