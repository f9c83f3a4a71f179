using Akka.Actor;
using Akka.Event;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments;

/// <summary>
/// Turns a deployment into files.
/// <para>Owns: nothing that outlives a message; the files it writes belong to the store's record of them.</para>
/// <para>Receives: <see cref="ApplyDeployment"/>, <see cref="WithdrawDeployment"/>.</para>
/// <para>Tells: the sender, the store, one outcome for each command.</para>
/// <para>On failure: an expected one (disk full, denied) is an outcome; anything else restarts the actor, and the store asks again when
/// its retry is due.</para>
/// </summary>
/// <remarks>It blocks while the disk works; that is why it is an actor of its own.</remarks>
internal sealed class Deployer : ReceiveActor
{
    private readonly DeploymentSettings _settings;
    private readonly IFileSystem _files;
    private readonly FileSwitch _switch;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public Deployer(DeploymentSettings settings, IFileSystem files)
    {
        _settings = settings;
        _files = files;
        _switch = new FileSwitch(files, settings.FileMode);
        Receive<ApplyDeployment>(work => Sender.Tell(Apply(work)));
        Receive<WithdrawDeployment>(work => Sender.Tell(Withdraw(work)));
    }

    /// <summary>The store waits for an outcome: a command that broke the actor has one too.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        var outcome = message switch
        {
            ApplyDeployment apply => Failed(apply.DeploymentId, apply.Failures, reason),
            WithdrawDeployment withdraw => Failed(withdraw.DeploymentId, withdraw.Failures, reason),
            _ => null,
        };
        if (outcome is not null)
        {
            Sender.Tell(outcome);
        }

        base.PreRestart(reason, message);
    }

    private object Apply(ApplyDeployment work)
    {
        if (Preconditions.Check(work, _settings, out var placed) is { } refusal)
        {
            return Logged(refusal);
        }

        try
        {
            var taken = placed.Select(config => StandingPathCheck.Violation(config.Config.FilePath, _settings.AllowedRoots, _files)).FirstOrDefault(reason => reason is not null);
            if (taken is not null)
            {
                return Logged(new DeploymentRefused(work.DeploymentId, RefusalCodes.Path, taken));
            }

            var staged = _switch.Stage(placed.Select(config => (config.Config.FilePath, config.Config.Content)));
            _switch.Commit(staged);
            var leftBehind = Remove(work.OwnedPaths.Except(placed.Select(config => config.Config.FilePath)));
            _log.Info("Deployment {0} is in place: {1} of {2} files written.", work.DeploymentId, staged.Count, placed.Count);
            return new DeploymentApplied(work.DeploymentId, placed, leftBehind);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Failed(work.DeploymentId, work.Failures, failure);
        }
    }

    private object Withdraw(WithdrawDeployment work)
    {
        try
        {
            var leftBehind = Remove(work.OwnedPaths);
            _log.Info("Deployment {0} is withdrawn: {1} files removed.", work.DeploymentId, work.OwnedPaths.Count - leftBehind.Count);
            return new DeploymentWithdrawn(work.DeploymentId, leftBehind);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Failed(work.DeploymentId, work.Failures, failure);
        }
    }

    private IReadOnlyCollection<string> Remove(IEnumerable<string> paths)
    {
        var leftBehind = _switch.Remove(paths);
        if (leftBehind.Count > 0)
        {
            _log.Warning("Files that are no longer part of a deployment cannot be removed: {0}. Check the permissions of their directories.", string.Join(", ", leftBehind));
        }

        return leftBehind;
    }

    private DeploymentRefused Logged(DeploymentRefused refusal)
    {
        _log.Error("Deployment {0} is refused ({1}): {2}. The configs in place stay.", refusal.DeploymentId, refusal.Code, refusal.Reason);
        return refusal;
    }

    private DeploymentFailed Failed(string deploymentId, int failures, Exception failure)
    {
        var wait = RetryBackoff.After(failures + 1, _settings.RetryMin, _settings.RetryMax);
        _log.Error("Deployment {0} cannot be applied now: {1}. Check the space and the permissions there. The configs in place stay; next attempt in {2}.", deploymentId, failure.Message.TrimEnd('.'), wait);
        return new DeploymentFailed(deploymentId, failure.Message, wait);
    }
}
