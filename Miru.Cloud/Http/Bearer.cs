namespace Miru.Cloud.Http;

internal static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>Longest credential that is looked at; a self-signed JWT with a 4096-bit signature needs about 1,000.</summary>
    private const int MaxLength = 8 * 1024;

    /// <summary>The credential of the one <c>Authorization: Bearer</c> header, or a 401 that says what was expected.</summary>
    public static string Require(HttpContext context, string expected)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 1 && header[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            var credential = value[Scheme.Length..].Trim();
            if (credential.Length is > 0 and <= MaxLength)
            {
                return credential;
            }
        }

        throw ApiErrors.Unauthenticated(ErrorCodes.Unauthenticated, $"Send 'Authorization: Bearer <{expected}>'.");
    }
}
