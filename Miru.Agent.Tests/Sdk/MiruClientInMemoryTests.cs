using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Sdk;

public sealed class MiruClientInMemoryTests : MiruClientTests
{
    private protected override FakeAgent Agent { get; } = FakeAgent.InMemory();
}
