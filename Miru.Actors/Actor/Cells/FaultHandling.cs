using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The life of a cell: creation, failure, suspension, restart, end.
/// <para>
/// A failure suspends the actor and its children and is reported to the supervisor, which answers with resume, restart or stop. Each
/// suspension is answered by exactly one resume or restart, at every level; that balance keeps a mailbox from running early or never.
/// A restart and an end first stop children and go on when the last of them is gone.
/// </para>
/// </summary>
internal sealed class FaultHandling(ActorCell cell)
{
    /// <summary>Who failed: this actor, or the child whose failure this one escalated. Null when nobody has.</summary>
    private IActorRef _perpetrator;

    private Exception _restartCause;

    internal bool IsFailed => _perpetrator is not null;

    internal bool IsTerminating => Wait == ChildrenWait.ToTerminate || cell.IsTerminated;

    internal bool IsWaitingForChildren => Wait is ChildrenWait.ToRecreate or ChildrenWait.ToCreate;

    private ChildrenWait Wait => cell.IsLeaf ? ChildrenWait.None : cell.Children.Wait;

    /// <summary>Makes the first instance. A failure here is an <see cref="ActorInitializationException"/>, for which the default is to stop.</summary>
    internal void Create()
    {
        try
        {
            cell.Incarnate();
            cell.Actor.AroundPreStart();
            cell.Reception.RearmTimeout();
        }
        catch (Exception failure)
        {
            EndInstance();
            cell.Bury();
            throw new ActorInitializationException(cell.Self, "Exception during creation", failure);
        }
    }

    internal void Suspend()
    {
        cell.Mailbox.Suspend();
        SuspendChildren(cell.ChildRefs);
    }

    internal void Resume(Exception causedByFailure)
    {
        // An actor without an instance that is stopping must not come to life again; only its suspensions must stay balanced.
        if (cell.Actor is null && !IsTerminating)
        {
            Log("changing Resume into Create after", causedByFailure);
            CreateAgain();
        }
        else
        {
            var perpetrator = _perpetrator;
            if (causedByFailure is not null) _perpetrator = null;
            cell.Mailbox.Resume();
            cell.Reception.RearmTimeout();
            foreach (var child in cell.ChildRefs) child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
        }
    }

    /// <summary>The restart: old instance says farewell, children that it stopped are awaited, then the new instance comes.</summary>
    internal void Recreate(Exception cause)
    {
        if (cell.Actor is null && !IsTerminating)
        {
            Log("changing Recreate into Create after", cause);
            CreateAgain();
        }
        else if (Wait == ChildrenWait.None)
        {
            PreRestart(cause);
            _restartCause = cause;
            if (!AwaitChildren(ChildrenWait.ToRecreate)) FinishRecreate();
        }
        else
        {
            // Stopping anyway; only the count of suspensions must stay balanced.
            Resume(null);
        }
    }

    /// <summary>Stops the actor: the children first, then itself. User messages are no longer handled.</summary>
    internal void Terminate()
    {
        var wasTerminating = IsTerminating;
        if (cell.ReceiveTimeout is not null) cell.SetReceiveTimeout(null);
        cell.DeathWatch.UnwatchAll();
        StopChildren(cell.CloseChildren());
        if (!AwaitChildren(ChildrenWait.ToTerminate))
        {
            FinishTerminate();
        }
        else if (!wasTerminating)
        {
            cell.Mailbox.Suspend();
            // A failure from now on concerns nobody.
            _perpetrator = cell.Self;
        }
    }

    /// <summary>The actor threw. Suspends it and its children and asks the supervisor; a second failure before the answer is ignored.</summary>
    internal void HandleFailure(Exception cause) => HandleFailure(cause, perpetrator: cell.Self, exceptChildren: null);

    /// <summary>This actor fails in the place of a child, whose failure nobody below could judge.</summary>
    internal void HandleFailureOf(IActorRef child, Exception cause) => HandleFailure(cause, child, exceptChildren: null);

    /// <summary>Goes on with what waited for the last stopping child.</summary>
    internal void GoOn(ChildrenWait waited)
    {
        switch (waited)
        {
            case ChildrenWait.ToRecreate:
                FinishRecreate();
                break;
            case ChildrenWait.ToCreate:
                FinishCreateAgain();
                break;
            case ChildrenWait.ToTerminate:
                FinishTerminate();
                break;
        }
    }

    private void HandleFailure(Exception cause, IActorRef perpetrator, IReadOnlyCollection<IInternalActorRef> exceptChildren)
    {
        if (IsFailed || cell.IsTerminated) return;
        _perpetrator = perpetrator;
        cell.Mailbox.Suspend();
        SuspendChildren(cell.ChildRefs.Where(child => !child.Equals(perpetrator) && exceptChildren?.Contains(child) != true));
        cell.ParentRef.SendSystemMessage(new Failed(cell.Self, cause, cell.Self.Path.Uid));
    }

    private static void SuspendChildren(IEnumerable<IInternalActorRef> children)
    {
        foreach (var child in children) child.Suspend();
    }

    private static void StopChildren(ChildActors children)
    {
        foreach (var child in children.MarkAllStopping()) child.Stop();
    }

    private void PreRestart(Exception cause)
    {
        var message = cell.Reception.Message;
        try
        {
            cell.Actor.AroundPreRestart(cause, message);
            cell.SystemImpl.ActorPipelineResolver.BeforeIncarnated(cell.Actor, cell);
        }
        catch (Exception failure)
        {
            // Best effort: the instance goes in any case.
            Publish(new Error(new PreRestartException(cell.Self, failure, cause, message), Source, cell.Actor.GetType(), failure.Message));
        }
        finally
        {
            EndInstance();
        }
    }

    private void EndInstance()
    {
        cell.Reception.CancelTimeout();
        cell.Reception.Forget();
        cell.Incarnation?.ReturnStash();
        cell.Incarnation?.End();
    }

    private void FinishRecreate()
    {
        var cause = _restartCause;
        // Only those that survived are restarted; the new instance may create others.
        var survivors = cell.ChildRefs;
        _restartCause = null;
        _perpetrator = null;
        cell.Mailbox.Resume();
        try
        {
            cell.Incarnate();
            cell.Actor.AroundPostRestart(cause, null);
            cell.Reception.RearmTimeout();
        }
        catch (Exception failure)
        {
            EndInstance();
            HandleFailure(new PostRestartException(cell.Self, failure, cause), cell.Self, survivors);
            return;
        }
        foreach (var child in survivors) child.Restart(cause);
    }

    private void CreateAgain()
    {
        StopChildren(cell.Children);
        if (!AwaitChildren(ChildrenWait.ToCreate)) FinishCreateAgain();
    }

    private void FinishCreateAgain()
    {
        _perpetrator = null;
        cell.Mailbox.Resume();
        try { Create(); }
        catch (Exception failure) { HandleFailure(failure); }
    }

    /// <summary>
    /// The order matters: what <c>PostStop</c> sends comes before the notifications, the rest of the mailbox is dead before anybody
    /// hears of the death, and the parent, who frees the name, hears of it before any watcher.
    /// </summary>
    private void FinishTerminate()
    {
        try { EndLast(); }
        catch (Exception failure) { Publish(new Error(failure, Source, cell.Actor.GetType(), failure.Message)); }
        cell.Incarnation?.ReturnStash();
        cell.Mailbox.Close();
        cell.ParentRef.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: true, addressTerminated: false));
        cell.DeathWatch.TellWatchers();
        cell.DeathWatch.UnwatchAll();
        cell.Bury();
    }

    private void EndLast()
    {
        if (cell.Actor is not { } last) return;
        last.AroundPostStop();
        cell.SystemImpl.ActorPipelineResolver.BeforeIncarnated(last, cell);
    }

    private bool AwaitChildren(ChildrenWait wait) => !cell.IsLeaf && cell.Children.WaitFor(wait);

    private string Source => cell.Self.Path.ToString();

    private void Log(string what, Exception cause) => Publish(new Error(cause, Source, typeof(FaultHandling), $"{what} {cause?.GetType()}"));

    private void Publish(object logEvent) => cell.SystemImpl.EventStream.Publish(logEvent);
}
