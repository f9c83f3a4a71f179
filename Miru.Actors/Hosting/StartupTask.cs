using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Runs after all actors were started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);
