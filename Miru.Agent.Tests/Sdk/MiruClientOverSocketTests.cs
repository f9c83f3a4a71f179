using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Sdk;

public sealed class MiruClientOverSocketTests : MiruClientTests
{
    private protected override FakeAgent Agent { get; } = FakeAgent.OverSocket();
}
