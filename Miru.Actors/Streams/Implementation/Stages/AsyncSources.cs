using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A source that asks a task for each element and knows no element from none: the task tells.</summary>
internal abstract class TaskPullLogic<T>(SourceShape<T> shape) : SourceLogic<T>(shape)
{
    private Action<Task<Option<T>>> _completed;

    public override void PreStart() => _completed = GetAsyncCallback<Task<Option<T>>>(Settle);

    public override void OnPull()
    {
        var task = Next();
        if (task.IsCompleted)
        {
            Settle(task);
        }
        else
        {
            TaskNotification.Send(task, _completed);
        }
    }

    protected abstract Task<Option<T>> Next();

    private void Settle(Task<Option<T>> task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            FailStage(TaskNotification.Failure(task));
        }
        else if (!task.Result.HasValue)
        {
            CompleteStage();
        }
        else if (IsAvailable(Out))
        {
            Push(Out, task.Result.Value);
        }
    }
}

/// <summary>A task's result.</summary>
internal sealed class TaskSource<T>(Task<T> task) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, task);

    private sealed class Logic(SourceShape<T> shape, Task<T> task) : SourceLogic<T>(shape)
    {
        public override void OnPull()
        {
            if (task.IsCompleted)
            {
                Settle(task);
            }
            else
            {
                TaskNotification.Send(task, GetAsyncCallback<Task<T>>(Settle));
            }
        }

        private void Settle(Task<T> ended)
        {
            if (ended.IsCompletedSuccessfully)
            {
                Emit(Out, ended.Result, CompleteStage);
            }
            else
            {
                FailStage(TaskNotification.Failure(ended));
            }
        }
    }
}

/// <summary>An asynchronous function of a state, until it yields none.</summary>
internal sealed class UnfoldAsyncSource<TState, T>(TState state, Func<TState, Task<Option<(TState, T)>>> unfold) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, state, unfold);

    private sealed class Logic(SourceShape<T> shape, TState initial, Func<TState, Task<Option<(TState, T)>>> unfold) : SourceLogic<T>(shape)
    {
        private TState _state = initial;
        private Action<Task<Option<(TState, T)>>> _completed;

        public override void PreStart() => _completed = GetAsyncCallback<Task<Option<(TState, T)>>>(Settle);

        public override void OnPull()
        {
            var task = unfold(_state);
            if (task.IsCompleted)
            {
                Settle(task);
            }
            else
            {
                TaskNotification.Send(task, _completed);
            }
        }

        private void Settle(Task<Option<(TState, T)>> task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                FailStage(TaskNotification.Failure(task));
            }
            else if (!task.Result.HasValue)
            {
                CompleteStage();
            }
            else
            {
                _state = task.Result.Value.Item1;
                Push(Out, task.Result.Value.Item2);
            }
        }
    }
}

/// <summary>
/// Opens a resource when the stream starts, reads it element by element, and closes it however the stream ends. The stream does not end
/// before the resource is closed.
/// </summary>
internal sealed class UnfoldResourceAsyncSource<T, TResource>(
    Func<Task<TResource>> create, Func<TResource, Task<Option<T>>> read, Func<TResource, Task<Done>> close) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, create, read, close);

    private sealed class Logic(
        SourceShape<T> shape, Func<Task<TResource>> create, Func<TResource, Task<Option<T>>> read, Func<TResource, Task<Done>> close)
        : SourceLogic<T>(shape)
    {
        private TResource _resource;
        private bool _open;
        private bool _closing;

        public override void PreStart()
        {
            // The resource may become open after downstream has gone: it must be closed then.
            SetKeepGoing(true);
            Await(create(), OnOpened);
        }

        public override void OnPull()
        {
            if (_open && !_closing)
            {
                Read();
            }
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (_open)
            {
                Close(null);
            }
            else
            {
                _closing = true;
            }
        }

        public override void PostStop()
        {
            if (_open && !_closing)
            {
                close(_resource);
            }
        }

        private void OnOpened(Task<TResource> opened)
        {
            if (!opened.IsCompletedSuccessfully)
            {
                End(TaskNotification.Failure(opened));
                return;
            }

            (_resource, _open) = (opened.Result, true);
            if (_closing)
            {
                Close(null);
            }
            else if (IsAvailable(Out))
            {
                Read();
            }
        }

        private void Read()
        {
            try
            {
                Await(read(_resource), OnRead);
            }
            catch (Exception cause)
            {
                Close(cause);
            }
        }

        private void OnRead(Task<Option<T>> task)
        {
            if (_closing)
            {
                return;
            }

            if (!task.IsCompletedSuccessfully)
            {
                Close(TaskNotification.Failure(task));
            }
            else if (task.Result.HasValue)
            {
                Push(Out, task.Result.Value);
            }
            else
            {
                Close(null);
            }
        }

        private void Close(Exception cause)
        {
            _closing = true;
            try
            {
                Await(close(_resource), closed => End(cause ?? (closed.IsCompletedSuccessfully ? null : TaskNotification.Failure(closed))));
            }
            catch (Exception failure)
            {
                End(cause ?? failure);
            }
        }

        private void End(Exception cause)
        {
            SetKeepGoing(false);
            if (cause is null)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }

        private void Await<TResult>(Task<TResult> task, Action<Task<TResult>> then)
        {
            if (task.IsCompleted)
            {
                then(task);
            }
            else
            {
                TaskNotification.Send(task, GetAsyncCallback(then));
            }
        }
    }
}

/// <summary>The same over functions that do not wait.</summary>
internal sealed class UnfoldResourceSource<T, TResource>(Func<TResource> create, Func<TResource, Option<T>> read, Action<TResource> close)
    : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, create, read, close);

    private sealed class Logic(SourceShape<T> shape, Func<TResource> create, Func<TResource, Option<T>> read, Action<TResource> close)
        : SourceLogic<T>(shape)
    {
        private TResource _resource;
        private bool _open;

        public override void PreStart() => (_resource, _open) = (create(), true);

        public override void OnPull()
        {
            var next = read(_resource);
            if (next.HasValue)
            {
                Push(Out, next.Value);
                return;
            }

            _open = false;
            close(_resource);
            CompleteStage();
        }

        public override void PostStop()
        {
            if (_open)
            {
                close(_resource);
            }
        }
    }
}

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
