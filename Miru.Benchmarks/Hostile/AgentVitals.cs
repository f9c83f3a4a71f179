namespace Miru.Benchmarks.Hostile;

/// <summary>What the kernel says of the agent's process.</summary>
internal sealed class AgentVitals(int process)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsAlive => Directory.Exists($"/proc/{process}/fd");

    /// <summary>Resident memory, in MiB.</summary>
    public double Memory => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;

    /// <summary>
    /// What is open: Unix sockets, and whatever else peers could make grow. Left out are the program's own files, which .NET loads when it first needs
    /// them, and connections to the cloud, which come and go with polls.
    /// </summary>
    public IReadOnlyList<string> Descriptors()
    {
        var unix = File.ReadLines("/proc/net/unix").Skip(1).Select(line => $"socket:[{line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[6]}]").ToHashSet();
        return [.. Directory.GetFiles($"/proc/{process}/fd").Select(Target).Where(target =>
            target.StartsWith("socket:", StringComparison.Ordinal) ? unix.Contains(target) : !target.EndsWith(".dll", StringComparison.Ordinal) && !target.EndsWith(".so", StringComparison.Ordinal))];
    }

    /// <summary>Waits until no more descriptors are open than these.</summary>
    /// <exception cref="HostileFinding">Some stay.</exception>
    public void AwaitDescriptors(IReadOnlyList<string> before)
    {
        for (var waited = TimeSpan.Zero; Descriptors() is var now && now.Count > before.Count; waited += TimeSpan.FromMilliseconds(50))
        {
            if (waited > Patience)
                throw new HostileFinding($"{now.Count} descriptors are open, {before.Count} were; new are {string.Join(' ', now.Except(before).Take(10))}");
            Thread.Sleep(50);
        }
    }

    // One that has been closed meanwhile has no target any more.
    private static string Target(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
