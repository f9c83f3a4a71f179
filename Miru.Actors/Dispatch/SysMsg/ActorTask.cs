using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Runs a continuation of an asynchronous handler on the actor. It is lost when the actor has stopped meanwhile.</summary>
internal sealed class ActorTask(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    internal override void Deliver(ActorCell cell) => scheduler.Execute(task);
}
