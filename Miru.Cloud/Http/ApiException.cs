namespace Miru.Cloud.Http;

/// <summary>A refusal on its way to the error envelope.</summary>
internal sealed class ApiException(int status, string code, string message, params (string Name, string Value)[] parameters)
    : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyDictionary<string, string> Params { get; } = parameters.ToDictionary(p => p.Name, p => p.Value);

    /// <summary>When to come back; sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
