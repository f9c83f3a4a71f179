using Miru.Protocol;

namespace Miru.Sdk;

/// <summary>The agent broke a clause: the connection is given up and made anew.</summary>
internal sealed class PeerViolationException(string clause, string reason)
    : Exception($"the agent broke clause {clause} of docs/protocol.md: {reason}")
{
    public PeerViolationException(Violation violation)
        : this(violation.Clause, violation.Reason)
    {
    }
}
