namespace Miru.Agent.Health;

/// <summary>An application on the socket.</summary>
/// <param name="Greeting">Who it is: names by its own word, process and user by the kernel's.</param>
/// <param name="Since">When it greeted.</param>
internal sealed record ConnectedApplication(ApplicationGreeted Greeting, DateTimeOffset Since);
