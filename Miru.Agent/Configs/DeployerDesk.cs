using Akka.Actor;
using Akka.Event;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;

namespace Miru.Agent.Configs;

/// <summary>Hands the deployer what the store says is to be done, one command at a time. Belongs to <see cref="ConfigStore"/> alone.</summary>
internal sealed class DeployerDesk(PublishedStore store, IActorRef deployer, StoreClock clock, ITimerScheduler timers, ILoggingAdapter log)
{
    /// <summary>When an outcome could not be written, the deployment is planned again after this; applying it anew is harmless.</summary>
    private static readonly TimeSpan RetryAfterDiskFailure = TimeSpan.FromSeconds(15);

    private readonly CommandTicket _ticket = new();

    /// <summary>The deployer has nothing to do.</summary>
    public bool IsFree => _ticket.IsFree;

    /// <summary>The next thing to do; null while the deployer has something.</summary>
    public WorkPlan? Plan() => _ticket.IsFree ? store.Ledger.NextWork(clock.Now) : null;

    /// <summary>Hands over what was planned.</summary>
    public void Dispatch(WorkPlan plan)
    {
        if (plan.Work is not null)
        {
            Command(plan.Work);
        }

        if (plan.RetryAt is { } due)
        {
            // It may have fallen due while the plan was made; a timer takes no negative delay.
            var left = due - clock.Now;
            ProceedIn(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        if (plan.Conflict)
        {
            log.Warning("The cloud names more than one deployment as the current one. Nothing is changed until it has decided; archive all but one.");
        }
    }

    /// <summary>Finds the next thing to do and hands it over, if the deployer is free.</summary>
    public void Proceed()
    {
        if (_ticket.IsFree && store.Try(() => Dispatch(store.Ledger.NextWork(clock.Now))))
        {
            store.PokeReporter();
            store.Report();
        }
    }

    /// <summary>The actor gets <see cref="WorkDue"/> then.</summary>
    public void ProceedIn(TimeSpan delay) => timers.StartSingleTimer(WorkDue.Instance, WorkDue.Instance, delay);

    /// <summary>The disk refused.</summary>
    public void ProceedLater() => ProceedIn(RetryAfterDiskFailure);

    public void Command(DeploymentCommand work) => deployer.Tell(_ticket.Stamp(work));

    /// <summary>All files are staged: from the moment this is on the disk the deployment is switched, also by the next life of the agent.</summary>
    public void Decide(DeploymentStaged staged)
    {
        if (_ticket.IsOf(staged) && !store.Try(() => Command(store.Ledger.Commit(staged))))
        {
            _ticket.Free();
            ProceedLater();
        }
    }

    /// <summary>Has files that look changed held against the store. False if that cannot be now, or need not be.</summary>
    public bool Check(CheckSuspects suspected)
    {
        RestoreFiles? check = null;
        if (!_ticket.IsFree || !store.Try(() => check = store.Ledger.Check(suspected)) || check is null)
        {
            return false;
        }

        Command(check);
        return true;
    }

    /// <summary>Takes the command back that came to this; false if it was another life's.</summary>
    public bool TakeBack(DeploymentOutcome outcome)
    {
        var isOurs = _ticket.IsOf(outcome);
        if (isOurs)
        {
            _ticket.Free();
        }

        return isOurs;
    }

    /// <summary>Time to look for work.</summary>
    public sealed record WorkDue
    {
        public static readonly WorkDue Instance = new();
    }
}
