using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Ends the stage when downstream cancels, if the predicate holds then.</summary>
public sealed class ConditionalTerminateOutput : OutHandler
{
    private readonly Func<bool> _predicate;

    public ConditionalTerminateOutput(Func<bool> predicate) => _predicate = predicate;

    public override void OnPull()
    {
    }

    public override void OnDownstreamFinish(Exception cause)
    {
        if (_predicate())
        {
            GraphInterpreter.Current.ActiveStage.CancelStage(cause);
        }
    }
}
