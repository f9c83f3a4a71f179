namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>What a misbehaviour strikes.</summary>
internal enum Where
{
    /// <summary>Nobody listens.</summary>
    Port,

    /// <summary>Who calls is neither let in nor refused.</summary>
    Connect,
    Handshake,
    Token,
    List,
    Content,
    Report,
    Elsewhere,
}
