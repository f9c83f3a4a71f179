using System.Security.Cryptography;
using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// The one command that the deployer has. Outcomes carry its number: a store that restarts gets those of its earlier life's commands too, and
/// must not take them for its own.
/// </summary>
internal sealed class CommandTicket
{
    private readonly long _life = (long)RandomNumberGenerator.GetInt32(int.MaxValue) << 32;
    private int _commands;
    private long? _current;

    /// <summary>The deployer has nothing to do.</summary>
    public bool IsFree => _current is null;

    /// <summary>The command with a number of its own, which is the current one from now on.</summary>
    public DeploymentCommand Stamp(DeploymentCommand work)
    {
        _current = _life + _commands++;
        return work with { Ticket = _current.Value };
    }

    /// <summary>Whether this came of the current command.</summary>
    public bool IsOf(DeploymentOutcome outcome) => outcome.Ticket == _current;

    /// <summary>The current command has its outcome.</summary>
    public void Free() => _current = null;
}
