using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>The same element at fixed times; a tick without demand is dropped. Its value cancels it, which completes the stream.</summary>
internal sealed class TickSource<T>(TimeSpan initialDelay, TimeSpan interval, T tick) : GraphStageWithMaterializedValue<SourceShape<T>, ICancelable>
{
    public override SourceShape<T> Shape { get; } = new(new Outlet<T>("TickSource.out"));

    public override ILogicAndMaterializedValue<ICancelable> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var cancelable = new Cancelable();
        return new LogicAndMaterializedValue<ICancelable>(new Logic(Shape, initialDelay, interval, tick, cancelable), cancelable);
    }

    private sealed class Logic(SourceShape<T> shape, TimeSpan initialDelay, TimeSpan interval, T tick, Cancelable cancelable) : SourceLogic<T>(shape)
    {
        private static readonly object TickTimer = new();

        public override void PreStart()
        {
            ScheduleRepeatedly(TickTimer, initialDelay, interval);
            cancelable.OnCancel(GetAsyncCallback(CompleteStage));
        }

        public override void OnPull()
        {
        }

        protected override void OnTimer(object timerKey)
        {
            if (IsAvailable(Out) && !cancelable.IsCancellationRequested)
            {
                Push(tick);
            }
        }
    }

    /// <summary>Cancellation before the stream has started counts, too.</summary>
    private sealed class Cancelable : ICancelable
    {
        private readonly CancellationTokenSource _source = new();

        public bool IsCancellationRequested => _source.IsCancellationRequested;

        public CancellationToken Token => _source.Token;

        public void OnCancel(Action action) => _source.Token.Register(action);

        public void Cancel() => _source.Cancel();

        public void Cancel(bool throwOnFirstException) => _source.Cancel(throwOnFirstException);

        public void CancelAfter(TimeSpan delay) => _source.CancelAfter(delay);

        public void CancelAfter(int millisecondsDelay) => _source.CancelAfter(millisecondsDelay);
    }
}
