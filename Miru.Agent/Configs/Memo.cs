namespace Miru.Agent.Configs;

/// <summary>
/// Room in an immutable value for what the connections' thread worked out from it, which then lives as long as the value. No part of the value:
/// all are equal, and a copy begins with an empty one. A weak table beside the values would do the same, and have the collector pay for each entry.
/// </summary>
internal sealed class Memo : IEquatable<Memo>
{
    public object? Held { get; set; }

    public bool Equals(Memo? other) => other is not null;

    public override bool Equals(object? obj) => obj is Memo;

    public override int GetHashCode() => 0;
}
