using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Sdk;

public sealed class GetInMemoryTests : GetTests
{
    private protected override FakeAgent Agent { get; } = FakeAgent.InMemory();
}
