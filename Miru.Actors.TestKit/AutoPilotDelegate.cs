using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Handles <paramref name="message"/> and answers who handles the next one.</summary>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);
