using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>The first frame of a connection (clause hello-1). Answered by <see cref="Welcome"/>.</summary>
/// <param name="Protocol">The protocol versions the application speaks; not empty.</param>
/// <param name="Features">Features the application announces; a kind of a feature that is not announced is never sent.</param>
/// <param name="App">The application's name, for the agent's log and status. Not an identity: that comes from the kernel.</param>
/// <param name="Sdk">The library and its version, such as <c>dotnet/0.1.0</c>.</param>
public sealed record Hello(
    IReadOnlyList<int> Protocol, IReadOnlyList<string> Features, string App, string Sdk) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Hello;

    /// <inheritdoc/>
    public override bool Asks => true;

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteMember("protocol", Protocol);
        json.WriteMember("features", Features);
        json.WriteMember("app", App);
        json.WriteMember("sdk", Sdk);
    }

    internal static Hello Read(JsonMembers header)
    {
        var protocol = header.Integers("protocol");
        return protocol.Count > 0
            ? new(protocol, header.OptionalStrings("features"), header.String("app"), header.String("sdk"))
            : throw header.Broken("protocol", "at least one version");
    }
}
