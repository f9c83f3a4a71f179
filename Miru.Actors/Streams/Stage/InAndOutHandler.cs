using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>A handler for one inlet and one outlet: what ends on one side ends the stage.</summary>
public abstract class InAndOutHandler : IInHandler, IOutHandler
{
    protected InAndOutHandler()
    {
    }

    public abstract void OnPush();

    public virtual void OnUpstreamFinish() => GraphInterpreter.Current.ActiveStage.CompleteStage();

    public virtual void OnUpstreamFailure(Exception e) => GraphInterpreter.Current.ActiveStage.FailStage(e);

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception cause) => GraphInterpreter.Current.ActiveStage.CancelStage(cause);
}
