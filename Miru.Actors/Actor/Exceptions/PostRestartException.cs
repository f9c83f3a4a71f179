namespace Akka.Actor;

/// <summary>The new incarnation failed in its constructor or in <c>PostRestart</c>: a failure of its own, reported to the supervisor.</summary>
public class PostRestartException : ActorInitializationException
{
    /// <param name="actor">The restarted actor.</param>
    /// <param name="cause">What the new incarnation threw.</param>
    /// <param name="originalCause">Why it was restarted.</param>
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause) => OriginalCause = originalCause;

    /// <summary>Why it was restarted.</summary>
    public Exception OriginalCause { get; }
}
