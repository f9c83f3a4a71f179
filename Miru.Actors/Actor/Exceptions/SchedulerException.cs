namespace Akka.Actor;

/// <summary>The scheduler cannot take more work: it has been shut down.</summary>
public class SchedulerException : AkkaException
{
    /// <summary>With a message.</summary>
    public SchedulerException(string message) : base(message) { }
}
