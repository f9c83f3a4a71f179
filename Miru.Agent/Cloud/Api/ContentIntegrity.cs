using System.Security.Cryptography;

namespace Miru.Agent.Cloud.Api;

/// <summary>Checks a downloaded config against the digest that the server gave with it (<c>Repr-Digest</c>, RFC 9530), where it gave one.</summary>
internal static class ContentIntegrity
{
    private const string Sha256 = "sha-256=:";

    /// <exception cref="ContractException">The bytes are not the ones the server meant.</exception>
    public static void Require(HttpResponseMessage response, byte[] content)
    {
        if (!response.Headers.TryGetValues("Repr-Digest", out var digests))
        {
            return;
        }

        var given = digests.SelectMany(header => header.Split(',', StringSplitOptions.TrimEntries))
            .FirstOrDefault(digest => digest.StartsWith(Sha256, StringComparison.OrdinalIgnoreCase));
        if (given is not null && !given[Sha256.Length..].TrimEnd(':').Equals(Convert.ToBase64String(SHA256.HashData(content)), StringComparison.Ordinal))
        {
            throw new ContractException("the config does not have the digest that was sent with it");
        }
    }
}
