namespace Akka.Streams.Stage;

/// <summary>What a stage does about the signals of one of its inlets.</summary>
public interface IInHandler
{
    /// <summary>An element has arrived; <c>Grab</c> takes it.</summary>
    void OnPush();

    /// <summary>Upstream has completed; nothing follows.</summary>
    void OnUpstreamFinish();

    /// <summary>Upstream has failed; nothing follows.</summary>
    void OnUpstreamFailure(Exception e);
}
