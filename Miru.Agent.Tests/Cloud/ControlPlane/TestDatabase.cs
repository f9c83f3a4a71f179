using Miru.Agent.Tests.Doubles;
using Miru.Cloud.Storage;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A control plane's database of one test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public TestDatabase() => Opened = Database.Open(_directory.File("cloud.db"));

    public Database Opened { get; }

    public async ValueTask DisposeAsync()
    {
        await Opened.DisposeAsync();
        _directory.Dispose();
    }
}
