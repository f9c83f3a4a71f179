using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>
/// Asks for configs now and whenever they change (clauses watch-1 to watch-4). Answered by <see cref="Watching"/>; every
/// frame pushed for it carries its correlation.
/// </summary>
/// <param name="Slugs">The names to watch, whether or not they exist; empty if <paramref name="All"/>.</param>
/// <param name="All">Every config the peer may see, now and later.</param>
/// <param name="After">How far the application has come; null asks for the full snapshot.</param>
public sealed record Watch(IReadOnlyList<string> Slugs, bool All, Cursor? After) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Watch;

    /// <inheritdoc/>
    public override bool Asks => true;

    /// <summary>Watches every config.</summary>
    /// <param name="after">How far the application has come; null asks for the full snapshot.</param>
    public static Watch Everything(Cursor? after = null) => new([], true, after);

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteSelection(Slugs, All);
        if (After is not null)
        {
            json.WritePropertyName("after");
            json.WriteStartObject();
            json.WriteCursor(After);
            json.WriteEndObject();
        }
    }

    internal static Watch Read(JsonMembers header)
    {
        var (slugs, all) = header.Selection();
        return new(slugs, all, header.OptionalObject("after")?.Cursor());
    }
}
