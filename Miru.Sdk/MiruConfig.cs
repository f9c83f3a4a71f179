using System.Text;
using Miru.Protocol;
using Newtonsoft.Json;

namespace Miru.Sdk;

/// <summary>One version of one config. Immutable; safe to keep and to read from any thread.</summary>
public sealed record MiruConfig
{
    /// <summary>The config's name, such as <c>motion-control</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>Where in the life of the agent's store this version became current.</summary>
    public required Cursor Cursor { get; init; }

    /// <summary>The number of this version; grows with every change, within one <see cref="Cursor"/>'s epoch.</summary>
    public long Sequence => Cursor.Sequence;

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits over <see cref="Content"/>.</summary>
    public required string Digest { get; init; }

    /// <summary>Id of the deployment that brought this version.</summary>
    public required string Deployment { get; init; }

    /// <summary>Version of the release it is part of.</summary>
    public required string Release { get; init; }

    /// <summary>What the content is, such as <c>json</c> or <c>yaml</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The file that holds the same bytes, or null if the agent keeps none.</summary>
    public string? Path { get; init; }

    /// <summary>The exact bytes that were published.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>How many versions came and went unseen since the one before (latest wins).</summary>
    public long Superseded { get; init; }

    /// <summary>Counts every version of this slug the client has heard of, so that a watcher knows what it skipped.</summary>
    internal long Generation { get; init; }

    /// <summary>The content as text in UTF-8. Decoded at each call.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>
    /// Reads the content as JSON into a <typeparamref name="T"/>. Parsed at each call. A member that the content lacks is left at its
    /// default, which for a limit may be 0: mark what must be there with Newtonsoft.Json's <c>[JsonRequired]</c>.
    /// </summary>
    /// <typeparam name="T">The shape the application expects.</typeparam>
    /// <param name="settings">How to read; null uses Newtonsoft.Json's defaults.</param>
    /// <exception cref="MiruContentException">The content is not JSON, or not of this shape.</exception>
    public T As<T>(JsonSerializerSettings? settings = null)
    {
        try
        {
            return JsonConvert.DeserializeObject<T>(Text, settings)
                ?? throw new MiruContentException(Slug, Digest, typeof(T), "the content is empty or null", null);
        }
        catch (JsonException unreadable)
        {
            throw new MiruContentException(Slug, Digest, typeof(T), Where(unreadable), unreadable);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Slug}#{Sequence} ({Content.Length} bytes, {Digest})";

    // The reader's own message quotes values, which do not belong in a log.
    private static string Where(JsonException unreadable) => unreadable switch
    {
        JsonReaderException at => $"line {at.LineNumber}, position {at.LinePosition}, path '{at.Path}'",
        JsonSerializationException at => $"line {at.LineNumber}, position {at.LinePosition}, path '{at.Path}'",
        _ => unreadable.GetType().Name,
    };
}
