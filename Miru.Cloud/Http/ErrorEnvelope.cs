namespace Miru.Cloud.Http;

/// <summary>The contract's <c>ErrorResponse</c>.</summary>
internal sealed record ErrorEnvelope(ErrorBody Error);

/// <summary>The contract's <c>Error</c>.</summary>
internal sealed record ErrorBody(string Code, IReadOnlyDictionary<string, string> Params, string Message);
