namespace Akka.Pattern;

/// <summary>How a backoff supervisor forgets the restarts it has counted.</summary>
public interface IBackoffReset;

/// <summary>When the child has lived this long since it was started.</summary>
internal sealed record AutoReset(TimeSpan ResetBackoff) : IBackoffReset;

/// <summary>When somebody tells <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed record ManualReset : IBackoffReset;
