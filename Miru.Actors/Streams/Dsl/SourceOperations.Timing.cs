using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>What depends on time.</summary>
public static partial class SourceOperations
{
    /// <summary>Emits groups of so many elements, or of what came within the time since the group's first one.</summary>
    public static Source<IEnumerable<TOut>, TMat> GroupedWithin<TOut, TMat>(this Source<TOut, TMat> flow, int n, TimeSpan timeout) =>
        flow.Via(new GroupedWithin<TOut>(n, timeout));

    /// <summary>Shifts elements in time. The buffer for those that wait is that of <see cref="Attributes.InputBuffer"/>; when it is full the strategy says what happens, by default the youngest is dropped.</summary>
    public static Source<TOut, TMat> Delay<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan of, DelayOverflowStrategy? strategy = null) =>
        flow.Via(new Delay<TOut>(of, strategy ?? DelayOverflowStrategy.DropTail));

    /// <summary>Holds back the first element.</summary>
    public static Source<TOut, TMat> InitialDelay<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan delay) =>
        flow.Via(new InitialDelay<TOut>(delay));

    /// <summary>Completes after a time.</summary>
    public static Source<TOut, TMat> TakeWithin<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan duration) =>
        flow.Via(new TakeWithin<TOut>(duration));

    /// <summary>Drops elements for a time.</summary>
    public static Source<TOut, TMat> SkipWithin<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan duration) =>
        flow.Via(new SkipWithin<TOut>(duration));

    /// <summary>Fails with <see cref="TimeoutException"/> if the first element does not come in time.</summary>
    public static Source<TOut, TMat> InitialTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new InitialTimeout<TOut>(timeout));

    /// <summary>Fails with <see cref="TimeoutException"/> if the stream does not complete in time.</summary>
    public static Source<TOut, TMat> CompletionTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new CompletionTimeout<TOut>(timeout));

    /// <summary>Fails with <see cref="TimeoutException"/> if the time between two elements is longer.</summary>
    public static Source<TOut, TMat> IdleTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new IdleTimeout<TOut>(timeout));

    /// <summary>Fails with <see cref="TimeoutException"/> if downstream takes longer to ask for the next element.</summary>
    public static Source<TOut, TMat> BackpressureTimeout<TOut, TMat>(this Source<TOut, TMat> flow, TimeSpan timeout) =>
        flow.Via(new BackpressureTimeout<TOut>(timeout));

    /// <summary>Injects an element whenever downstream has waited for so long.</summary>
    public static Source<TInjected, TMat> KeepAlive<TOut, TInjected, TMat>(
        this Source<TOut, TMat> flow, TimeSpan timeout, Func<TInjected> injectElement)
        where TOut : TInjected =>
        flow.Via(new KeepAlive<TOut, TInjected>(timeout, injectElement));
}
