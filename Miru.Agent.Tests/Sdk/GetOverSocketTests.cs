using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Sdk;

public sealed class GetOverSocketTests : GetTests
{
    private protected override FakeAgent Agent { get; } = FakeAgent.OverSocket();
}
