namespace Miru.Agent.Cloud.Api;

/// <summary>The exact bytes of a config instance, and what the cloud calls them.</summary>
internal sealed record Download(byte[] Content, string? ContentType)
{
    /// <exception cref="ContractException">The bytes do not have the digest that was sent with them.</exception>
    public static Download Read(HttpResponseMessage response, byte[] content)
    {
        ContentIntegrity.Require(response, content);
        return new Download(content, response.Content.Headers.ContentType?.MediaType);
    }
}
