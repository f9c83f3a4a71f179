namespace Akka.Streams;

/// <summary>Reasons for a cancellation that are no failures.</summary>
public static class SubscriptionWithCancelException
{
    /// <summary>A reason, not an error: it has no stack trace and costs none.</summary>
    public abstract class NonFailureCancellation : Exception
    {
        protected NonFailureCancellation()
        {
        }

        public sealed override string StackTrace => "";
    }

    /// <summary>The consumer has all it wants.</summary>
    public sealed class NoMoreElementsNeeded : NonFailureCancellation
    {
        public static readonly NoMoreElementsNeeded Instance = new();

        private NoMoreElementsNeeded()
        {
        }
    }

    /// <summary>The consumer's stage completed.</summary>
    public sealed class StageWasCompleted : NonFailureCancellation
    {
        public static readonly StageWasCompleted Instance = new();

        private StageWasCompleted()
        {
        }
    }
}
