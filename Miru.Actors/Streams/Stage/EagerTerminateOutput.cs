namespace Akka.Streams.Stage;

/// <summary>Ignores demand and ends the stage with its output.</summary>
public sealed class EagerTerminateOutput : OutHandler
{
    public static readonly EagerTerminateOutput Instance = new();

    private EagerTerminateOutput()
    {
    }

    public override void OnPull()
    {
    }
}
