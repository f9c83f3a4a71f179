using System.Net.Sockets;
using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>
/// What the reserve does; not what the process does without a descriptor: .NET loads code with descriptors and ends where it gets none, which
/// is why <see cref="DescriptorBudget"/> keeps it from getting there.
/// </summary>
[Trait("Clause", "limit-1")]
public sealed class ReserveDescriptorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ReserveDescriptor _reserve = new();
    private readonly SocketOwnership _owned;

    public ReserveDescriptorTests()
    {
        _owned = SocketOwnership.Claim(_directory.File("s"), UnixFileMode.UserRead | UnixFileMode.UserWrite, null, 16);
        _owned.Listener.Blocking = false;
    }

    public void Dispose()
    {
        _reserve.Dispose();
        _owned.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_connection_that_waits_is_accepted_in_its_place_once_per_refill()
    {
        using var client = RawClient.Connect(_directory.File("s"));
        using (var accepted = _reserve.TryAccept(_owned.Listener))
        {
            Assert.NotNull(accepted);
        }

        client.HearEnd();
        _reserve.Refill();
        Assert.Null(_reserve.TryAccept(_owned.Listener));
    }

    [Fact]
    public void Nobody_who_waits_is_nobody_accepted() => Assert.Null(_reserve.TryAccept(_owned.Listener));
}
