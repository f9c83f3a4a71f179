namespace Akka.Actor.Setup;

/// <summary>A piece of settings that is an object instead of HOCON.</summary>
public abstract class Setup
{
    /// <summary>Called by the deriving class only.</summary>
    protected Setup() { }

    /// <summary>Puts two together.</summary>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
