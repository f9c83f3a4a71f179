using Akka.Actor;
using Akka.Event;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>
/// Connects an interpreter with its actor. Inputs from outside go through an inbox that wakes the actor only when it was empty; they may come
/// before the actor has started, and are discarded when it has stopped.
/// </summary>
internal sealed class StreamHost : IStreamHost
{
    private static readonly AsyncInput Closed = new ClosedMark();
    private readonly Queue<AsyncInput> _backlog = new();
    private readonly int _signalLimit;
    private AsyncInput _inbox;
    private volatile IActorRef _actor;
    private long _stageActors;
    private int _awake;

    public StreamHost(ActorMaterializerImpl materializer)
    {
        Materializer = materializer;
        _signalLimit = materializer.Settings.SyncProcessingLimit;
        Interpreter = new GraphInterpreter(this);
        SubFusingMaterializer = new SubFusingMaterializer(this);
    }

    public ActorMaterializerImpl Materializer { get; }

    public IMaterializer SubFusingMaterializer { get; }

    public GraphInterpreter Interpreter { get; }

    public StreamActor Actor { get; private set; }

    public TimeSpan Now => Materializer.System.Scheduler.MonotonicClock;

    /// <summary>The stream has ended and its actor can stop.</summary>
    public bool IsCompleted => Interpreter.IsCompleted;

    public void Post(AsyncInput input)
    {
        var newest = Volatile.Read(ref _inbox);
        while (true)
        {
            if (ReferenceEquals(newest, Closed))
            {
                input.Discard();
                return;
            }

            input.Next = newest;
            var seen = Interlocked.CompareExchange(ref _inbox, input, newest);
            if (ReferenceEquals(seen, newest))
            {
                break;
            }

            newest = seen;
        }

        if (newest is null)
        {
            WakeUp();
        }
    }

    public ICancelable Schedule(TimeSpan delay, AsyncInput input) =>
        Materializer.System.Scheduler.ScheduleTellOnceCancelable(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, _actor, input, ActorRefs.NoSender);

    public StageReference CreateStageActor(string name, Action<(IActorRef, object)> receive) =>
        new(Materializer.System, (IInternalActorRef)_actor, $"{name}-{_stageActors++}", receive);

    public void ReportStageFailure(GraphStageLogic logic, Exception cause) =>
        Materializer.Logger.Error(cause, "Error in stage [{0}]: {1}", logic, cause.Message);

    /// <summary>Starts the stages; on the actor.</summary>
    public void Start(StreamActor actor, IActorContext context)
    {
        Actor = actor;
        _actor = context.Self;
        Run(_signalLimit);
    }

    /// <summary>Handles what came from outside, and what is left to do; on the actor, once for each <see cref="Wake"/>.</summary>
    public void Run()
    {
        // First, so that whoever posts from now on wakes again.
        Volatile.Write(ref _awake, 0);
        Run(_signalLimit);
    }

    /// <summary>A timer is due; on the actor.</summary>
    public void RunInput(AsyncInput input)
    {
        _backlog.Enqueue(input);
        Run(_signalLimit);
    }

    /// <summary>Tears down what still runs; on the actor, at its end.</summary>
    public void Stop()
    {
        Interpreter.Abort();
        TakeInbox(Closed);
        while (_backlog.TryDequeue(out var input))
        {
            input.Discard();
        }
    }

    private void Run(int limit)
    {
        // Signals settle first, so that an input finds the stream as if it had come alone. A stream that never settles
        // still hears one input a turn: it could not be ended otherwise.
        TakeInbox(null);
        limit = Interpreter.Run(limit);
        while (_backlog.TryDequeue(out var input))
        {
            Interpreter.RunInput(input);
            limit = Interpreter.Run(limit);
            if (limit == 0)
            {
                break;
            }
        }

        if (!IsCompleted && (Interpreter.HasWork || _backlog.Count > 0))
        {
            WakeUp();
        }
    }

    /// <summary>
    /// At most one wake-up is on its way: an endless stream wakes itself with each one it handles, so they would only become more. Without an
    /// actor yet there is no need: it looks into the inbox when it starts.
    /// </summary>
    private void WakeUp()
    {
        if (_actor is { } actor && Interlocked.Exchange(ref _awake, 1) == 0)
        {
            actor.Tell(Wake.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>Moves the inbox, oldest input first, to the backlog.</summary>
    private void TakeInbox(AsyncInput replacement)
    {
        var newest = Interlocked.Exchange(ref _inbox, replacement);
        if (newest is null || ReferenceEquals(newest, Closed))
        {
            return;
        }

        AsyncInput oldest = null;
        while (newest is not null)
        {
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        }

        for (; oldest is not null; oldest = oldest.Next)
        {
            _backlog.Enqueue(oldest);
        }
    }

    private sealed class ClosedMark() : AsyncInput(null)
    {
        public override void Run()
        {
        }
    }
}
