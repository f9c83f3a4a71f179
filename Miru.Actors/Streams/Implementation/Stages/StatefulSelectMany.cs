using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Maps each element to any number of elements, with a function that may keep state: each materialization makes its own.</summary>
internal sealed class StatefulSelectMany<TIn, TOut>(Func<Func<TIn, IEnumerable<TOut>>> factory) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory);

    private sealed class Logic(FlowShape<TIn, TOut> shape, Func<Func<TIn, IEnumerable<TOut>>> factory) : FlowLogic<TIn, TOut>(shape)
    {
        private Func<TIn, IEnumerable<TOut>> _function;
        private IEnumerator<TOut> _current;

        public override void PreStart() => _function = factory();

        public override void OnPush()
        {
            try
            {
                _current = _function(Grab()).GetEnumerator();
                PushNext();
            }
            catch (Exception cause) when (Recovers(cause))
            {
                PullNext();
            }
        }

        public override void OnPull()
        {
            try
            {
                PushNext();
            }
            catch (Exception cause) when (Recovers(cause))
            {
                PullNext();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (_current is null)
            {
                CompleteStage();
            }
        }

        public override void PostStop() => _current?.Dispose();

        private void PushNext()
        {
            if (_current is { } current)
            {
                if (current.MoveNext())
                {
                    Push(current.Current);
                    return;
                }

                current.Dispose();
                _current = null;
            }

            PullNext();
        }

        private void PullNext()
        {
            if (IsClosed(In))
            {
                CompleteStage();
            }
            else
            {
                TryPull(In);
            }
        }

        private bool Recovers(Exception cause)
        {
            var directive = Decide(cause);
            if (directive == Directive.Stop)
            {
                return false;
            }

            _current?.Dispose();
            _current = null;
            if (directive == Directive.Restart)
            {
                _function = factory();
            }

            return true;
        }
    }
}
