namespace Akka.Actor;

/// <summary>The old incarnation failed in <c>PreRestart</c>; it is only logged, the restart goes on.</summary>
public class PreRestartException : ActorInitializationException
{
    /// <param name="actor">The actor being restarted.</param>
    /// <param name="restartException">What <c>PreRestart</c> threw.</param>
    /// <param name="cause">Why it is restarted.</param>
    /// <param name="optionalMessage">The message it failed on; may be null.</param>
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
        : base(actor, $"Exception in preRestart({cause?.GetType().ToString() ?? "null"}, {optionalMessage?.GetType().ToString() ?? "None"})", cause)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    /// <summary>What <c>PreRestart</c> threw.</summary>
    public Exception RestartException { get; }

    /// <summary>The message it failed on; may be null.</summary>
    public object OptionalMessage { get; }
}
