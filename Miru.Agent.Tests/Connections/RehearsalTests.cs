using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class RehearsalTests
{
    [Fact]
    public void A_rehearsal_needs_nobody_and_leaves_nothing() => Rehearsal.Run(ProtocolPeer.Terms);
}
