namespace Akka.Streams;

/// <summary>Ends a running stream from outside. Only the first call has an effect; every call may come from any thread.</summary>
public interface IKillSwitch
{
    /// <summary>Completes downstream and cancels upstream.</summary>
    void Shutdown();

    /// <summary>Fails downstream and cancels upstream, both with <paramref name="cause"/>.</summary>
    void Abort(Exception cause);
}
