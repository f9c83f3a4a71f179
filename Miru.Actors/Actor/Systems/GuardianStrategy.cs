using Akka.Util;

namespace Akka.Actor;

/// <summary>The strategy of /user as the settings name it.</summary>
internal static class GuardianStrategy
{
    internal static SupervisorStrategy Of(Settings settings) =>
        settings.SupervisorStrategyClass is { } name ? SupervisorStrategyConfigurator.CreateConfigurator(name).Create() : SupervisorStrategy.DefaultStrategy;
}
