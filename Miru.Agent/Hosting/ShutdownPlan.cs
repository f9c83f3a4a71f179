using Akka;
using Akka.Actor;
using Miru.Agent.Connections;

namespace Miru.Agent.Hosting;

/// <summary>
/// The orderly stop, from the applications' end: accept nobody, say goodbye and flush, stop asking the cloud, close the store.
/// A step that takes too long is left behind, so that the whole stays within its time.
/// </summary>
internal static class ShutdownPlan
{
    public static void Register(CoordinatedShutdown shutdown, IActorRef agent, NotifySocket manager, TimeSpan total)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "tell-service-manager", () =>
        {
            manager.Stopping();
            return Task.FromResult(Done.Instance);
        });

        // The flush gets the largest share: it is the only step that waits for somebody else.
        Add(CoordinatedShutdown.PhaseServiceUnbind, "stop-accepting", total / 10, StopAccepting.Instance);
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, "say-goodbye", total * 0.4, SayGoodbye.Instance);
        Add(CoordinatedShutdown.PhaseServiceStop, "stop-cloud", total / 5, new StopHop(AgentSupervisor.CloudName));
        Add(CoordinatedShutdown.PhaseBeforeClusterShutdown, "close-store", total / 5, new StopHop(AgentSupervisor.StoreName));

        void Add(string phase, string name, TimeSpan deadline, object command) => shutdown.AddTask(phase, name, async () =>
        {
            await agent.Ask(command, deadline);
            return Done.Instance;
        });
    }
}
