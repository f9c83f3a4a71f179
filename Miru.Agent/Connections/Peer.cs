using Miru.Agent.Connections.Access;

namespace Miru.Agent.Connections;

/// <summary>Who is at the other end, and what that allows.</summary>
internal sealed record Peer(PeerCredentials Credentials, AccessRights Rights)
{
    public override string ToString() => Credentials.ToString();
}
