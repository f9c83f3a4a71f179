using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Makes the test actor the sender of what the test tells others, on the test's thread and after each await of it.</summary>
internal static class ImplicitSender
{
    public static void Become(IActorRef testActor)
    {
        var cell = ((LocalActorRef)testActor).Cell;
        ActorCell.Current = cell;
        SynchronizationContext.SetSynchronizationContext(new KeepingContext(cell));
    }

    /// <summary>Runs continuations on the thread pool, each with the cell that the code before its await had.</summary>
    private sealed class KeepingContext(ActorCell cell) : SynchronizationContext
    {
        public override SynchronizationContext CreateCopy() => this;

        public override void Post(SendOrPostCallback callback, object state) =>
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Run(), new Work(this, cell, callback, state), preferLocal: false);

        public override void Send(SendOrPostCallback callback, object state) => new Work(this, cell, callback, state).Run();
    }

    private sealed class Work(SynchronizationContext context, ActorCell cell, SendOrPostCallback callback, object state)
    {
        public void Run()
        {
            var (outerContext, outerCell) = (SynchronizationContext.Current, ActorCell.Current);
            SynchronizationContext.SetSynchronizationContext(context);
            ActorCell.Current = cell;
            try
            {
                callback(state);
            }
            finally
            {
                ActorCell.Current = outerCell;
                SynchronizationContext.SetSynchronizationContext(outerContext);
            }
        }
    }
}
