namespace Akka.Streams.Stage;

/// <summary>What a stage does about the signals of one of its outlets.</summary>
public interface IOutHandler
{
    /// <summary>Downstream asks for one element; <c>Push</c> sends it, now or later.</summary>
    void OnPull();

    /// <summary>Downstream wants no more, for the reason given.</summary>
    void OnDownstreamFinish(Exception cause);
}
