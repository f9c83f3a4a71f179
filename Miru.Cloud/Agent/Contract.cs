using Miru.Cloud.Http;

namespace Miru.Cloud.Agent;

/// <summary>Which contract this server keeps.</summary>
internal static class Contract
{
    public const string Version = "v0.4";

    /// <summary>The contract's own <c>APIGitCommit</c>.</summary>
    public const string GitCommit = "8101e8f82ab113f70c2f7a03c805bc56e204e245";

    private const string Header = "Miru-Version";

    /// <exception cref="ApiException">400, unless the client says that it was built against this contract.</exception>
    public static void RequireVersion(HttpContext context)
    {
        var given = context.Request.Headers[Header];
        if (given.Count != 1 || given[0] != Version)
        {
            throw new ApiException(
                StatusCodes.Status400BadRequest,
                ErrorCodes.UnsupportedApiVersion,
                $"Send the header '{Header}: {Version}'; this server speaks no other version.",
                ("header", Header), ("supported", Version));
        }
    }
}
