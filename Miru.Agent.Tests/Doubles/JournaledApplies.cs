using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Tests.Doubles;

/// <summary>
/// The order in which store and deployer work, without the two: each assignment to the journal stands for a durable transaction. What it
/// holds survives whatever the disk under the files does.
/// </summary>
internal sealed class JournaledApplies(IFileSystem files, FileRules rules)
{
    private readonly FileStaging _staging = new(files, rules);
    private readonly FileSwitch _switch = new(files, rules);
    private IReadOnlyList<OwnedFile> _owned = [];
    private Entry? _journal;

    /// <summary>The deployment that the store calls current.</summary>
    public IReadOnlyList<WantedFile> Current { get; private set; } = [];

    /// <summary>Files of earlier deployments that could not be removed and are known to stand.</summary>
    public IReadOnlyList<OwnedFile> LeftBehind { get; private set; } = [];

    public bool IsPending => _journal is not null;

    public void Apply(IReadOnlyList<WantedFile> wanted)
    {
        _journal = new Entry(wanted, null);
        try
        {
            _journal = _journal with { Plan = _staging.Stage(wanted, _owned, []) };
        }
        catch (IOException)
        {
            _journal = null;
            throw;
        }

        Switch(recovering: false);
    }

    /// <summary>What the agent does at its start, and when a retry is due.</summary>
    public void Recover()
    {
        if (_journal is { Plan: null } begun)
        {
            _staging.RollBack(begun.Wanted.Select(file => file.Path));
            _journal = null;
        }
        else if (_journal is not null)
        {
            Switch(recovering: true);
        }
    }

    private void Switch(bool recovering)
    {
        var (wanted, plan) = _journal!;
        LeftBehind = _switch.Run(plan!, wanted.DistinctBy(file => file.Digest).ToDictionary(file => file.Digest, file => file.Content), recovering, []);
        _owned = [.. wanted.Select(file => new OwnedFile(file.Path, file.Digest)), .. LeftBehind];
        Current = wanted;
        _journal = null;
    }

    private sealed record Entry(IReadOnlyList<WantedFile> Wanted, SwitchPlan? Plan);
}
