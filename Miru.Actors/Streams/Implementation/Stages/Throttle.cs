using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>
/// A token bucket: an element costs tokens, which come at a fixed rate and are kept up to the burst. Without enough tokens, the element waits
/// (shaping) or the stream fails (enforcing).
/// </summary>
internal sealed class Throttle<T> : FlowStage<T, T>
{
    private readonly long _ticksPerToken;
    private readonly int _burst;
    private readonly Func<T, int> _cost;
    private readonly ThrottleMode _mode;

    public Throttle(int cost, TimeSpan per, int maximumBurst, Func<T, int> calculateCost, ThrottleMode mode)
    {
        if (cost <= 0)
        {
            throw new ArgumentException("cost must be > 0", nameof(cost));
        }

        if (per <= TimeSpan.Zero)
        {
            throw new ArgumentException("per time must be > 0", nameof(per));
        }

        if (per.Ticks < cost)
        {
            throw new ArgumentException("Rates larger than 1 unit / tick are not supported", nameof(per));
        }

        if (mode == ThrottleMode.Enforcing && maximumBurst < 0)
        {
            throw new ArgumentException("maximumBurst must be > 0 in Enforcing mode", nameof(maximumBurst));
        }

        _ticksPerToken = per.Ticks / cost;
        _burst = Math.Max(maximumBurst, 0);
        _cost = calculateCost;
        _mode = mode;
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, this);

    private sealed class Logic(FlowShape<T, T> shape, Throttle<T> settings) : FlowLogic<T, T>(shape)
    {
        private static readonly object TokenTimer = new();

        /// <summary>The time at which the bucket would be full; in the future when tokens are missing.</summary>
        private TimeSpan _fullAt;
        private T _waiting;
        private bool _isWaiting;

        public override void PreStart() => _fullAt = Now;

        public override void OnPush()
        {
            var element = Grab();
            var delay = Take(settings._cost(element));
            if (delay <= TimeSpan.Zero)
            {
                Push(element);
            }
            else if (settings._mode == ThrottleMode.Enforcing)
            {
                FailStage(new OverflowException("Maximum throttle throughput exceeded."));
            }
            else
            {
                (_waiting, _isWaiting) = (element, true);
                ScheduleOnce(TokenTimer, delay);
            }
        }

        public override void OnUpstreamFinish()
        {
            if (!_isWaiting)
            {
                CompleteStage();
            }
        }

        protected override void OnTimer(object timerKey)
        {
            var element = _waiting;
            (_waiting, _isWaiting) = (default, false);
            Push(element);
            if (IsClosed(In))
            {
                CompleteStage();
            }
        }

        /// <summary>Pays for an element; returns how long it must wait until the tokens are there.</summary>
        private TimeSpan Take(int cost)
        {
            var now = Now;
            var start = _fullAt > now ? _fullAt : now;
            _fullAt = start + TimeSpan.FromTicks(settings._ticksPerToken * cost);
            return _fullAt - now - TimeSpan.FromTicks(settings._ticksPerToken * settings._burst);
        }
    }
}
