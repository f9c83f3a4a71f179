namespace Miru.Sdk;

/// <summary>
/// Somebody other than the agent serves the socket: <c>agent_untrusted</c>. Nothing was sent to it. The client keeps
/// trying, for the agent may come back; see <see cref="MiruClientOptions.AgentUserId"/> for who is trusted.
/// </summary>
public sealed class MiruUntrustedAgentException : MiruException
{
    internal const string Code = "agent_untrusted";

    internal MiruUntrustedAgentException(string message)
        : base(Code, isTransient: false, message)
    {
    }
}
