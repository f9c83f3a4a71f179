using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>What an asynchronous enumerator yields, which is made when the stream starts and disposed when it ends.</summary>
internal sealed class AsyncEnumerableSource<T>(Func<IAsyncEnumerable<T>> factory) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory);

    private sealed class Logic(SourceShape<T> shape, Func<IAsyncEnumerable<T>> factory) : TaskPullLogic<T>(shape)
    {
        private readonly CancellationTokenSource _stopped = new();
        private IAsyncEnumerator<T> _enumerator;
        private Task _reading = Task.CompletedTask;

        public override void PreStart()
        {
            base.PreStart();
            _enumerator = factory().GetAsyncEnumerator(_stopped.Token);
        }

        public override void PostStop()
        {
            _stopped.Cancel();
            if (_enumerator is { } enumerator)
            {
                // An enumerator must not be disposed while it advances.
                _reading.ContinueWith(
                    static (_, state) => ((IAsyncEnumerator<T>)state).DisposeAsync().AsTask(),
                    enumerator,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }

        protected override Task<Option<T>> Next()
        {
            var next = Advance();
            _reading = next;
            return next;
        }

        private async Task<Option<T>> Advance() => await _enumerator.MoveNextAsync().ConfigureAwait(false) ? _enumerator.Current : Option<T>.None;
    }
}
