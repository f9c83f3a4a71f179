using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Completes the stage when upstream completes, if the predicate holds then.</summary>
public sealed class ConditionalTerminateInput : InHandler
{
    private readonly Func<bool> _predicate;

    public ConditionalTerminateInput(Func<bool> predicate) => _predicate = predicate;

    public override void OnPush()
    {
    }

    public override void OnUpstreamFinish()
    {
        if (_predicate())
        {
            GraphInterpreter.Current.ActiveStage.CompleteStage();
        }
    }
}
