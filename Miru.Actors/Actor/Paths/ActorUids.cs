namespace Akka.Actor;

/// <summary>
/// Numbers incarnations. A process-wide counter is enough where Akka.NET takes a random number: references never leave the process.
/// </summary>
internal static class ActorUids
{
    private static long _last;

    internal static long Next() => Interlocked.Increment(ref _last);
}
