namespace Akka.Actor;

/// <summary>Would deploy actors by settings. Nothing is deployed so here: an actor's <see cref="Props"/> say all of it, and so there is nothing to ask.</summary>
public class Deployer
{
    /// <summary>For a system with these settings.</summary>
    public Deployer(Settings settings) { }
}
