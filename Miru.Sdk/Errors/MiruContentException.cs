namespace Miru.Sdk;

/// <summary>A config's content is not what the application expects: <c>content_invalid</c>. Keep running on the version before.</summary>
public sealed class MiruContentException : MiruException
{
    internal MiruContentException(string slug, string digest, Type expected, string where, Exception? cause)
        : base(
            "content_invalid",
            isTransient: false,
            $"Config '{slug}' ({digest}) cannot be read as {expected.Name}: {where}. Check the release it came with.",
            cause) => Slug = slug;

    /// <summary>The config's name.</summary>
    public string Slug { get; }
}
