namespace Miru.Agent.Cloud.Api;

/// <summary>What came of a request: a value, or a failure.</summary>
/// <param name="ServerTime">The server's clock where it told; a robot's own may be ten years off.</param>
internal sealed record CloudResult<T>(T? Value, CloudFailure? Failure, DateTimeOffset? ServerTime)
    where T : class;
