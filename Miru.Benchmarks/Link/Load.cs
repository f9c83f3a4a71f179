namespace Miru.Benchmarks.Link;

/// <summary>What a client does in one round.</summary>
/// <param name="Client">The C program that does it; the others know only <c>get</c>.</param>
/// <param name="Requests">GETs, or pushes to all watchers, that are measured.</param>
/// <param name="Unmeasured">The same, before the first measured one.</param>
/// <param name="Parameter">Nanoseconds from start to start (0: at once), connections, or watchers.</param>
internal sealed record Load(string Client, int Requests, int Unmeasured, long Parameter)
{
    /// <summary>One GET after the other.</summary>
    public static Load Saturated { get; } = new("get", 20_000, 200, 0);

    /// <summary>One GET a millisecond: the rate of a robot's control loop.</summary>
    public static Load Robot { get; } = new("get", 1_000, 50, 1_000_000);

    /// <summary>As many connections, each with one GET under way.</summary>
    public static Load Connections(int count) => new("many", 60_000, 5_000, count);

    /// <summary>One changed config to as many watchers.</summary>
    public static Load Watchers(int count) => new("fanout", Math.Clamp(150_000 / count, 150, 4_000), 10, count);

    /// <summary>The server speaks unasked.</summary>
    public bool Pushes => Client == "fanout";

    /// <summary>Each round connects once.</summary>
    public bool IsOneConnection => Client == "get";

    /// <summary>
    /// How often the server is warmed up at least, a pause after each. One watcher's pushes alone run the code so seldom between two looks of the JIT
    /// that its last tier came after ten times as many.
    /// </summary>
    public int WarmUps => Pushes ? (int)Math.Max(4, 30 / Parameter) : 4;

    /// <summary>The load that warms a server up for this one: saturated, and many times what the JIT counts to.</summary>
    public Load ToWarmUp() => IsOneConnection ? Saturated with { Requests = 4_000 } : this;

    /// <summary>The same with a single request.</summary>
    public Load Shortest() => this with { Requests = 1, Unmeasured = 0 };
}
