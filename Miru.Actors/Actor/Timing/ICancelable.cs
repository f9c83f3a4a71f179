namespace Akka.Actor;

/// <summary>Signals that something scheduled is no longer wanted.</summary>
public interface ICancelable
{
    /// <summary>True once cancelled.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>The same as a token.</summary>
    CancellationToken Token { get; }

    /// <summary>Cancels.</summary>
    void Cancel();

    /// <summary>Cancels after a delay, unless cancelled before.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Cancels after milliseconds, unless cancelled before.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Cancels; says whether the first failing callback ends the calling of the others.</summary>
    void Cancel(bool throwOnFirstException);
}
