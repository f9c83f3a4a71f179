using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

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
                Push(task.Result.Value);
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
                Push(next.Value);
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
