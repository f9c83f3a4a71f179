namespace Akka.Streams.Stage;

/// <summary>Ignores elements and ends the stage with its input.</summary>
public sealed class EagerTerminateInput : InHandler
{
    public static readonly EagerTerminateInput Instance = new();

    private EagerTerminateInput()
    {
    }

    public override void OnPush()
    {
    }
}
