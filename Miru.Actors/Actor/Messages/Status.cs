namespace Akka.Actor;

/// <summary>How something asked for went.</summary>
public abstract class Status
{
    /// <summary>Only success and failure derive.</summary>
    protected Status() { }

    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>Success with nothing to add.</summary>
        public static readonly Success Instance = new(null);

        /// <summary>What came of it; may be null.</summary>
        public readonly object Status;

        /// <summary>It went well, and this came of it.</summary>
        public Success(object status) => Status = status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status}";
    }

    /// <summary>It failed; an <c>Ask</c> answered with this throws the cause.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Why it failed.</summary>
        public readonly Exception Cause;

        /// <summary>What it failed at; may be null.</summary>
        public readonly object State;

        /// <summary>It failed for this reason.</summary>
        public Failure(Exception cause) => Cause = cause;

        /// <summary>It failed for this reason, at this.</summary>
        public Failure(Exception cause, object state)
        {
            Cause = cause;
            State = state;
        }

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause}";
    }
}
