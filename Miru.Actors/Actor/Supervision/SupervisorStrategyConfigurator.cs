using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes a strategy; named by <c>akka.actor.guardian-supervisor-strategy</c>.</summary>
public abstract class SupervisorStrategyConfigurator
{
    /// <summary>Called by the deriving class only.</summary>
    protected SupervisorStrategyConfigurator() { }

    /// <summary>Makes the strategy.</summary>
    public abstract SupervisorStrategy Create();

    /// <summary>Makes the configurator of this type.</summary>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName) => TypeName.Create<SupervisorStrategyConfigurator>(typeName);
}
