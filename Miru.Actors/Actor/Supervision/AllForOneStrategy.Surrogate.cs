using Akka.Util;

namespace Akka.Actor;

public partial class AllForOneStrategy
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">It decides by a function, which cannot be written down.</exception>
    public override ISurrogate ToSurrogate(ActorSystem system) => Decider is LocalOnlyDecider
        ? throw new NotSupportedException("Can not serialize LocalOnlyDecider")
        : new AllForOneStrategySurrogate
        {
            Decider = Decider,
            LoggingEnabled = LoggingEnabled,
            MaxNumberOfRetries = MaxNumberOfRetries,
            WithinTimeRangeMilliseconds = WithinTimeRangeMilliseconds,
        };

    /// <summary>What a strategy is made of.</summary>
    public class AllForOneStrategySurrogate : ISurrogate
    {
        /// <summary>Restarts allowed in the window; negative for no limit.</summary>
        public int MaxNumberOfRetries { get; set; }

        /// <summary>The window in milliseconds; negative for the child's whole life.</summary>
        public int WithinTimeRangeMilliseconds { get; set; }

        /// <summary>Chooses the directive.</summary>
        public IDecider Decider { get; set; }

        /// <summary>Whether failures are logged.</summary>
        public bool LoggingEnabled { get; set; }

        /// <inheritdoc/>
        public ISurrogated FromSurrogate(ActorSystem system) => new AllForOneStrategy(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider, LoggingEnabled);
    }
}
