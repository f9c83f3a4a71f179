using Akka.Actor;
using Decider = Akka.Streams.Supervision.Decider;
using Deciders = Akka.Streams.Supervision.Deciders;

namespace Akka.Streams;

/// <summary>How a materializer runs its streams.</summary>
public sealed class ActorMaterializerSettings
{
    /// <summary>Initial size of the buffers between two streams, in elements; a power of two, at least 1.</summary>
    public readonly int InitialInputBufferSize;

    /// <summary>Largest size of the buffers between two streams, in elements; a power of two.</summary>
    public readonly int MaxInputBufferSize;

    /// <summary>Id of the dispatcher of the streams' actors; empty means that of the system.</summary>
    public readonly string Dispatcher;

    /// <summary>Decides about exceptions thrown by the functions given to operators, where no attribute does.</summary>
    public readonly Decider SupervisionDecider;

    public readonly bool IsDebugLogging;

    /// <summary>How many signals a stream handles before it yields its thread.</summary>
    public readonly int SyncProcessingLimit;

    private ActorMaterializerSettings(
        int initialInputBufferSize, int maxInputBufferSize, string dispatcher, Decider supervisionDecider, bool isDebugLogging, int syncProcessingLimit)
    {
        RequirePowerOfTwo(initialInputBufferSize, nameof(initialInputBufferSize));
        RequirePowerOfTwo(maxInputBufferSize, nameof(maxInputBufferSize));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialInputBufferSize, maxInputBufferSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(syncProcessingLimit);
        InitialInputBufferSize = initialInputBufferSize;
        MaxInputBufferSize = maxInputBufferSize;
        Dispatcher = dispatcher;
        SupervisionDecider = supervisionDecider;
        IsDebugLogging = isDebugLogging;
        SyncProcessingLimit = syncProcessingLimit;
    }

    /// <summary>The defaults: buffers of 4 to 16 elements, the system's dispatcher, failures stop the stream, 1000 signals at a time.</summary>
    public static ActorMaterializerSettings Create(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new ActorMaterializerSettings(4, 16, "", Deciders.StoppingDecider, false, 1000);
    }

    public ActorMaterializerSettings WithInputBuffer(int initialSize, int maxSize) =>
        new(initialSize, maxSize, Dispatcher, SupervisionDecider, IsDebugLogging, SyncProcessingLimit);

    public ActorMaterializerSettings WithDispatcher(string dispatcher) =>
        new(InitialInputBufferSize, MaxInputBufferSize, dispatcher, SupervisionDecider, IsDebugLogging, SyncProcessingLimit);

    public ActorMaterializerSettings WithSupervisionStrategy(Decider decider) =>
        new(InitialInputBufferSize, MaxInputBufferSize, Dispatcher, decider, IsDebugLogging, SyncProcessingLimit);

    public ActorMaterializerSettings WithDebugLogging(bool isEnabled) =>
        new(InitialInputBufferSize, MaxInputBufferSize, Dispatcher, SupervisionDecider, isEnabled, SyncProcessingLimit);

    public ActorMaterializerSettings WithSyncProcessingLimit(int limit) =>
        new(InitialInputBufferSize, MaxInputBufferSize, Dispatcher, SupervisionDecider, IsDebugLogging, limit);

    private static void RequirePowerOfTwo(int value, string name)
    {
        if (value <= 0 || !int.IsPow2(value))
        {
            throw new ArgumentException($"{name} must be a power of two and positive, but is {value}", name);
        }
    }
}
