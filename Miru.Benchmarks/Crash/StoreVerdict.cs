namespace Miru.Benchmarks.Crash;

/// <summary>How a store that was tampered with opened.</summary>
internal enum StoreVerdict
{
    /// <summary>Nothing that matters was touched.</summary>
    Intact,

    /// <summary>Set aside, and every current config is served.</summary>
    RecoveredWhole,

    /// <summary>Set aside, and some current configs must be applied or fetched again.</summary>
    RecoveredInPart,

    /// <summary>It did not open: never right.</summary>
    Refused,
}
