using Akka.Streams.Stage;
using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

/// <summary>
/// While downstream is busy, combines what arrives into one element, up to a weight; never makes downstream wait. With unlimited weight it
/// never makes upstream wait either: that is conflation.
/// </summary>
internal sealed class Batch<TIn, TOut>(long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, max, cost, seed, aggregate);

    private sealed class Logic(
        FlowShape<TIn, TOut> shape, long max, Func<TIn, long> cost, Func<TIn, TOut> seed, Func<TOut, TIn, TOut> aggregate)
        : FlowLogic<TIn, TOut>(shape)
    {
        private TOut _batch;
        private bool _hasBatch;
        private readonly long _max = max;
        private long _left = max;

        /// <summary>An element that did not fit into the batch: the beginning of the next one.</summary>
        private TIn _pending;
        private bool _hasPending;

        public override void PreStart() => Pull();

        public override void OnPush()
        {
            var element = Grab();
            try
            {
                var weight = cost(element);
                if (!_hasBatch)
                {
                    (_batch, _hasBatch) = (seed(element), true);
                    _left = _max - weight;
                }
                else if (_left < weight)
                {
                    (_pending, _hasPending) = (element, true);
                }
                else
                {
                    _batch = aggregate(_batch, element);
                    _left -= weight;
                }
            }
            catch (Exception cause) when (Recovers(cause))
            {
            }

            if (_hasBatch && IsAvailable(Out))
            {
                Flush();
            }

            if (!_hasPending)
            {
                TryPull(In);
            }
        }

        public override void OnPull()
        {
            if (!_hasBatch)
            {
                if (IsClosed(In))
                {
                    CompleteStage();
                }
                else
                {
                    TryPull(In);
                }

                return;
            }

            Flush();
            if (IsClosed(In))
            {
                if (!_hasBatch)
                {
                    CompleteStage();
                }
            }
            else if (!_hasPending)
            {
                TryPull(In);
            }
        }

        public override void OnUpstreamFinish()
        {
            if (!_hasBatch)
            {
                CompleteStage();
            }
        }

        private void Flush()
        {
            Push(_batch);
            (_batch, _hasBatch, _left) = (default, false, _max);
            if (!_hasPending)
            {
                return;
            }

            var element = _pending;
            (_pending, _hasPending) = (default, false);
            try
            {
                (_batch, _hasBatch) = (seed(element), true);
                _left = _max - cost(element);
            }
            catch (Exception cause) when (Recovers(cause))
            {
            }
        }

        private bool Recovers(Exception cause)
        {
            var directive = Decide(cause);
            if (directive == Directive.Restart)
            {
                (_batch, _hasBatch, _left) = (default, false, _max);
                (_pending, _hasPending) = (default, false);
            }

            return directive != Directive.Stop;
        }
    }
}
