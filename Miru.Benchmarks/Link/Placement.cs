using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link;

/// <summary>Which cores a server and its clients may use.</summary>
/// <param name="ServerCore">The server's only core; null for any.</param>
/// <param name="ClientCore">The clients' only core; null for any.</param>
internal sealed record Placement(int? ServerCore, int? ClientCore)
{
    /// <summary>Both share one core: the only placement in which a machine repeats itself.</summary>
    public static Placement OneCore { get; } = new(0, 0);

    /// <summary>A core each: waking the other, idle core dominates.</summary>
    public static Placement TwoCores { get; } = new(0, 1);

    /// <summary>Nobody is pinned, as on a robot.</summary>
    public static Placement Free { get; } = new(null, null);

    /// <summary>Why this machine cannot do it; null if it can.</summary>
    public string? Obstacle
    {
        get
        {
            if ((ServerCore ?? ClientCore) is not null && !Executable.IsInstalled("taskset"))
                return "taskset is not installed";
            return ServerCore != ClientCore && Environment.ProcessorCount < 2 ? "this machine has one core" : null;
        }
    }
}
