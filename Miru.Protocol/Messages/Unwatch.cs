using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Ends subscriptions. Answered by <see cref="Done"/>; frames still under way are ignored by the receiver.</summary>
/// <param name="Slugs">The names to forget; empty if <paramref name="All"/>.</param>
/// <param name="All">Every subscription of the connection.</param>
public sealed record Unwatch(IReadOnlyList<string> Slugs, bool All) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Unwatch;

    /// <inheritdoc/>
    public override bool Asks => true;

    internal override void WriteHeader(JsonWriter json) => json.WriteSelection(Slugs, All);

    internal static Unwatch Read(JsonMembers header)
    {
        var (slugs, all) = header.Selection();
        return new(slugs, all);
    }
}
