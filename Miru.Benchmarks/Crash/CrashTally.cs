using System.Globalization;
using Miru.Benchmarks.Measuring;

namespace Miru.Benchmarks.Crash;

/// <summary>What the campaigns found.</summary>
/// <param name="quiet">For a run that must find something.</param>
internal sealed class CrashTally(bool quiet = false)
{
    /// <summary>From the start of the process to the first answer of its socket.</summary>
    private const double SlowestStart = 1000;

    private readonly List<double> _starts = [];
    private readonly List<string> _skipped = [];
    private readonly List<string> _violations = [];

    public int Cycles { get; private set; }

    public int Torn { get; private set; }

    public int Lost { get; private set; }

    public int Unrecovered { get; private set; }

    public bool IsClean => _violations.Count == 0;

    public IReadOnlyList<string> Violations => _violations;

    public void Cycle() => Cycles++;

    public void Started(double milliseconds) => _starts.Add(milliseconds);

    /// <summary>Files that contradict the store, or are neither old nor new.</summary>
    public void AddTorn(string what) => Violate(what, Torn++);

    /// <summary>Something the agent had acknowledged is gone.</summary>
    public void AddLost(string what) => Violate(what, Lost++);

    /// <summary>The next life did not serve, did not finish, or left something over.</summary>
    public void AddUnrecovered(string what) => Violate(what, Unrecovered++);

    /// <summary>A campaign that should have failed did not: the harness proves nothing.</summary>
    public void AddVoid(string what) => Violate(what, 0);

    public void Skip(string campaign, string why)
    {
        Console.WriteLine($"{campaign}: skipped, {why}");
        _skipped.Add(campaign);
    }

    /// <summary>One line for people and for scripts.</summary>
    public string Line()
    {
        var starts = _starts.Count == 0 ? "no start measured" : string.Create(
            CultureInfo.InvariantCulture,
            $"start to first answer p50 {Rounds.Median([.. _starts]):0} ms, max {_starts.Max():0} ms, {_starts.Count(start => start > SlowestStart)} over a second");
        var skipped = _skipped.Count == 0 ? "0 skipped" : $"{_skipped.Count} skipped ({string.Join(", ", _skipped)})";
        return $"{Cycles} cycles, {Torn} torn, {Lost} lost, {Unrecovered} unrecovered, {skipped}; {starts}";
    }

    private void Violate(string what, int before)
    {
        _violations.Add(what);
        if (before < 20 && !quiet)
            Console.WriteLine($"VIOLATION: {what}");
    }
}
