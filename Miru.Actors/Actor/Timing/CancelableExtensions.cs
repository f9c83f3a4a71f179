namespace Akka.Actor;

/// <summary>Spares a test for null.</summary>
public static class CancelableExtensions
{
    /// <summary>Cancels what is there.</summary>
    public static void CancelIfNotNull(this ICancelable cancelable) => cancelable?.Cancel();
}
