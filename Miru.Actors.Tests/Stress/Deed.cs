namespace Miru.Actors.Tests.Stress;

/// <summary>What an order has an actor of the storm do.</summary>
internal enum Deed
{
    Nothing,
    Fail,
    FailAndFailAgainWhenRestarted,
    Spawn,
    SpawnStillborn,
    StopChild,
    StopItself,
    Watch,
    Unwatch,
    Stash,
    Unstash,
    StartTimer,
    PassOn,
}
