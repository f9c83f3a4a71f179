using Miru.Agent.Cloud;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Deployments;

namespace Miru.Agent.Settings;

/// <summary>Every knob of the agent, read once at the start and checked. Defaults live in <c>HOCON/miru.reference.conf</c> only.</summary>
/// <param name="StateDirectory">Holds the store, the device's key and its token.</param>
/// <param name="ShutdownTimeout">How long an orderly stop may take.</param>
internal sealed record AgentSettings(
    string StateDirectory,
    TimeSpan ShutdownTimeout,
    SocketSettings Socket,
    AccessSettings Access,
    LinkSettings Link,
    StoreSettings Store,
    DeploymentSettings Deployments,
    CloudSettings Cloud,
    LoggingSettings Logging)
{
    public static AgentSettings Read(SettingsReader settings) => new(
        settings.AbsolutePath("state-directory"),
        settings.Duration("shutdown-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        SocketSettings.Read(settings),
        AccessSettings.Read(settings),
        LinkSettings.Read(settings),
        StoreSettings.Read(settings),
        DeploymentSettings.Read(settings),
        CloudSettings.Read(settings),
        LoggingSettings.Read(settings));
}
