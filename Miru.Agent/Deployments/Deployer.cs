using Akka.Actor;
using Akka.Event;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments;

/// <summary>
/// Turns a deployment into files, in two halves with the store's decision between them.
/// <para>Owns: nothing that outlives a message; the files it writes belong to the store's record of them.</para>
/// <para>Receives: <see cref="ApplyDeployment"/>, <see cref="SwitchDeployment"/>, <see cref="RollBackDeployment"/>, <see cref="WithdrawDeployment"/>,
/// <see cref="RestoreFiles"/>.</para>
/// <para>Tells: the sender, the store, one outcome for each command.</para>
/// <para>On failure: an expected one (disk full, denied) is an outcome; anything else restarts the actor, and the store asks again when
/// its retry is due.</para>
/// </summary>
/// <remarks>It blocks while the disk works; that is why it is an actor of its own.</remarks>
internal sealed class Deployer : ReceiveActor
{
    private readonly DeploymentSettings _settings;
    private readonly Random _random;
    private readonly FileStaging _staging;
    private readonly FileSwitch _switch;
    private readonly FileRestorer _restorer;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <param name="seed">Draws the jitter of the retries.</param>
    public Deployer(DeploymentSettings settings, IFileSystem files, int seed)
    {
        _settings = settings;
        _random = new Random(seed);
        _staging = new FileStaging(files, settings.Files);
        _switch = new FileSwitch(files, settings.Files);
        _restorer = new FileRestorer(files, settings.Files);
        Receive<ApplyDeployment>(work => Sender.Tell(Stage(work)));
        Receive<SwitchDeployment>(work => Sender.Tell(Switch(work)));
        Receive<RollBackDeployment>(work => Sender.Tell(RollBack(work)));
        Receive<WithdrawDeployment>(work => Sender.Tell(Withdraw(work)));
        Receive<RestoreFiles>(work => Sender.Tell(Restore(work)));
    }

    /// <summary>The store waits for an outcome: a command that broke the actor has one too.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        DeploymentOutcome? outcome = message switch
        {
            ApplyDeployment apply => Failed(apply.Ticket, apply.DeploymentId, apply.Failures, reason),
            SwitchDeployment work => NotSwitched(work, reason),
            WithdrawDeployment withdraw => Failed(withdraw.Ticket, withdraw.DeploymentId, withdraw.Failures, reason),
            RestoreFiles work => new FilesRestored(
                work.Ticket, work.DeploymentId, [.. work.Files.Select(file => new FileFinding(file.Suspect, file.Suspect.Look, Repaired: false, reason))], []),
            RollBackDeployment work => new DeploymentRolledBack(work.Ticket, work.DeploymentId, []),
            _ => null,
        };
        if (outcome is not null)
        {
            Sender.Tell(outcome);
        }

        base.PreRestart(reason, message);
    }

    private object Stage(ApplyDeployment work)
    {
        if (Preconditions.Check(work, _settings.Files, out var placed) is { } refusal)
        {
            return Logged(refusal);
        }

        try
        {
            if (_staging.Obstacle(placed.Select(config => config.Config.FilePath)) is { } obstacle)
            {
                return Logged(new DeploymentRefused(work.Ticket, work.DeploymentId, RefusalCodes.Path, obstacle));
            }

            var notices = new List<FileNotice>();
            var wanted = placed.Select(config => new WantedFile(config.Config.FilePath, config.Config.Digest, config.Config.Content)).ToList();
            var plan = _staging.Stage(wanted, work.Owned, notices);
            return new DeploymentStaged(work.Ticket, work.DeploymentId, placed, plan, Logged(notices), work.Failures);
        }
        catch (IOException failure)
        {
            return Failed(work.Ticket, work.DeploymentId, work.Failures, failure);
        }
    }

    private object Switch(SwitchDeployment work)
    {
        try
        {
            var notices = new List<FileNotice>();
            var contents = work.Configs.DistinctBy(placed => placed.Config.Digest).ToDictionary(placed => placed.Config.Digest, placed => placed.Config.Content);
            var leftBehind = _switch.Run(work.Plan, contents, work.Recovering, notices);
            _log.Info("Deployment {0} is in place: {1} of {2} files written.", work.DeploymentId, work.Plan.Files.Count(file => file.Staged), work.Plan.Files.Count);
            return new DeploymentApplied(work.Ticket, work.DeploymentId, work.Configs, leftBehind, Logged(notices));
        }
        catch (IOException failure)
        {
            return NotSwitched(work, failure);
        }
    }

    private DeploymentRolledBack RollBack(RollBackDeployment work)
    {
        var resisting = _staging.RollBack(work.Files.Select(file => file.Path));
        if (resisting.Count > 0)
        {
            _log.Warning("Staged files of deployment {0} cannot be removed: {1}. They do no harm; check the permissions of their directories.", work.DeploymentId, string.Join(", ", resisting));
        }

        return new DeploymentRolledBack(work.Ticket, work.DeploymentId, _switch.Standing(work.Files));
    }

    private object Withdraw(WithdrawDeployment work)
    {
        try
        {
            var notices = new List<FileNotice>();
            var leftBehind = _switch.Run(new SwitchPlan([], [.. work.Owned]), new Dictionary<string, ReadOnlyMemory<byte>>(), verify: false, notices);
            _log.Info("Deployment {0} is withdrawn: {1} files removed.", work.DeploymentId, work.Owned.Count - leftBehind.Count);
            return new DeploymentWithdrawn(work.Ticket, work.DeploymentId, leftBehind, Logged(notices));
        }
        catch (IOException failure)
        {
            return Failed(work.Ticket, work.DeploymentId, work.Failures, failure);
        }
    }

    private FilesRestored Restore(RestoreFiles work)
    {
        var notices = new List<FileNotice>();
        var findings = work.Files.Select(file => _restorer.Run(file.Suspect, file.Wanted, notices)).ToList();
        return new FilesRestored(work.Ticket, work.DeploymentId, findings, Logged(notices));
    }

    private List<FileNotice> Logged(List<FileNotice> notices)
    {
        notices.ForEach(notice => _log.Warning("{0} ({1}).", notice.Text, notice.Code));
        return notices;
    }

    private DeploymentRefused Logged(DeploymentRefused refusal)
    {
        _log.Error("Deployment {0} is refused ({1}): {2}. The configs in place stay.", refusal.DeploymentId, refusal.Code, refusal.Reason);
        return refusal;
    }

    private DeploymentFailed Failed(long ticket, string deploymentId, int failures, Exception failure)
    {
        var wait = _settings.Retry.After(failures + 1, failure, _random);
        _log.Error("Deployment {0} cannot be applied now: {1}. Check the space and the permissions there. The configs in place stay; next attempt in {2}.", deploymentId, failure.Message.TrimEnd('.'), wait);
        return new DeploymentFailed(ticket, deploymentId, failure.Message, wait);
    }

    private SwitchFailed NotSwitched(SwitchDeployment work, Exception failure)
    {
        var wait = _settings.Retry.After(work.Failures + 1, failure, _random);
        _log.Error("Deployment {0} is decided, but its files cannot all be put in place now: {1}. Applications keep the old configs; next attempt in {2}.", work.DeploymentId, failure.Message.TrimEnd('.'), wait);
        return new SwitchFailed(work.Ticket, work.DeploymentId, failure.Message, wait);
    }
}
