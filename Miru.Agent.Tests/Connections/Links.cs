using Miru.Agent.Connections;
using Miru.Protocol;

namespace Miru.Agent.Tests.Connections;

/// <summary>Link settings for tests; each test states what it departs from.</summary>
internal static class Links
{
    public static readonly LinkSettings Default = new(
        ProtocolLimits.HeartbeatInterval,
        ProtocolLimits.HelloDeadline,
        ProtocolLimits.FrameDeadline,
        ProtocolLimits.StallDeadline,
        MaxConnections: 64,
        MaxConnectionsPerUser: 64,
        ProtocolLimits.DefaultAgentMaxLength,
        ProtocolLimits.HelloMaxLength,
        InitialDemand: 64,
        ProtocolLimits.MaxInFlight,
        ExcessPause: TimeSpan.FromMilliseconds(20),
        SendBuffer: 32 * 1024,
        SyncTimeout: TimeSpan.FromSeconds(60));
}
