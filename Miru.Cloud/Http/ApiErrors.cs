namespace Miru.Cloud.Http;

/// <summary>The refusals that several places make.</summary>
internal static class ApiErrors
{
    public static ApiException Invalid(string param, string message) =>
        new(StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, message, ("param", param));

    public static ApiException Unauthenticated(string code, string message, params (string, string)[] parameters) =>
        new(StatusCodes.Status401Unauthorized, code, message, parameters);

    /// <summary>Says the same about what does not exist and about what belongs to somebody else.</summary>
    public static ApiException NotFound(string kind, string id) =>
        new(StatusCodes.Status404NotFound, ErrorCodes.ResourceNotFound, $"There is no {kind} '{id}'.", ("resource", kind), ("id", id));

    public static ApiException Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);

    public static ApiException TooLarge(string message, params (string, string)[] parameters) =>
        new(StatusCodes.Status413PayloadTooLarge, ErrorCodes.TooLarge, message, parameters);
}
