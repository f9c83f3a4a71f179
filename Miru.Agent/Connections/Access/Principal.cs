namespace Miru.Agent.Connections.Access;

/// <summary>Whom a rule is for. What the kernel could not map to a user of this machine is nobody, and fits no principal.</summary>
internal abstract record Principal
{
    private Principal()
    {
    }

    /// <summary>Whether the rule is for this peer, whose user is known.</summary>
    public abstract bool Fits(PeerCredentials peer);

    /// <summary>One user, by the effective id at the time of connect.</summary>
    public sealed record User(uint Id) : Principal
    {
        public override bool Fits(PeerCredentials peer) => peer.UserId == Id;
    }

    /// <summary>The members of a group: it is the peer's effective group or one of its supplementary ones.</summary>
    public sealed record Group(uint Id) : Principal
    {
        public override bool Fits(PeerCredentials peer) => peer.GroupId == Id || peer.Groups.Contains(Id);
    }

    /// <summary>Whoever can open the socket.</summary>
    public sealed record Everyone : Principal
    {
        public override bool Fits(PeerCredentials peer) => true;
    }
}
