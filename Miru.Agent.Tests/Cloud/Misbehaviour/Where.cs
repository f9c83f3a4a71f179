namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>What a misbehaviour strikes.</summary>
internal enum Where
{
    /// <summary>Nobody listens.</summary>
    Port,
    Handshake,
    Token,
    List,
    Content,
    Report,
    Elsewhere,
}
