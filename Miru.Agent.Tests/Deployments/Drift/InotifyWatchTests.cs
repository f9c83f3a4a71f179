using Miru.Agent.Deployments.Drift;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments.Drift;

public sealed class InotifyWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly SemaphoreSlim _stirred = new(0);
    private readonly InotifyWatch _watch;

    public InotifyWatchTests() => _watch = new InotifyWatch(() => _stirred.Release());

    public void Dispose()
    {
        _watch.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Changed_new_replaced_and_deleted_files_are_named()
    {
        File.WriteAllText(_directory.File("changed"), "1");
        File.WriteAllText(_directory.File("deleted"), "1");
        Assert.Equal(0, _watch.Watch([_directory.FullName]));

        File.AppendAllText(_directory.File("changed"), "2");
        File.Delete(_directory.File("deleted"));
        File.WriteAllText(_directory.File("new"), "1");
        File.Move(_directory.File("new"), _directory.File("replaced"));

        Assert.Equal(["changed", "deleted", "new", "replaced"], await NamesAsync(4));
    }

    [Fact]
    public async Task However_much_happens_it_calls_once_until_it_is_drained()
    {
        _watch.Watch([_directory.FullName]);
        for (var i = 0; i < 1000; i++)
        {
            File.WriteAllText(_directory.File("a"), $"{i}");
        }

        Assert.True(await _stirred.WaitAsync(Patience));
        Assert.Equal(0, _stirred.CurrentCount);
        Assert.Equal(_directory.File("a"), Assert.Single(_watch.Drain().Paths));

        File.WriteAllText(_directory.File("b"), "");
        Assert.Equal(["b"], await NamesAsync(1));
    }

    [Fact]
    public async Task A_directory_that_goes_is_named_and_can_be_watched_again()
    {
        var place = Directory.CreateDirectory(_directory.File("place")).FullName;
        _watch.Watch([place]);
        Directory.Delete(place);
        Assert.Equal(["place"], await NamesAsync(1));
        Assert.Equal(1, _watch.Watch([place]));

        Directory.CreateDirectory(place);
        Assert.Equal(0, _watch.Watch([place]));
        File.WriteAllText(Path.Combine(place, "a"), "");

        Assert.Equal(["a"], await NamesAsync(1));
    }

    [Fact]
    public async Task What_is_no_longer_watched_is_silent()
    {
        var (one, other) = (Directory.CreateDirectory(_directory.File("one")).FullName, Directory.CreateDirectory(_directory.File("other")).FullName);
        _watch.Watch([one, other]);
        _watch.Watch([other]);

        File.WriteAllText(Path.Combine(one, "a"), "");
        File.WriteAllText(Path.Combine(other, "b"), "");

        Assert.Equal(["b"], await NamesAsync(1));
    }

    [Fact]
    public async Task More_than_the_kernel_queues_is_an_overflow()
    {
        _watch.Watch([_directory.FullName]);
        var most = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"));

        // Two names in turn, so that the kernel cannot fold the events.
        for (var i = 0; i <= most / 2; i++)
        {
            File.Create(_directory.File($"a{i % 2}")).Dispose();
            File.Delete(_directory.File($"a{i % 2}"));
        }

        Assert.True(await _stirred.WaitAsync(Patience));
        Assert.True(_watch.Drain().Overflowed);
    }

    private async Task<IEnumerable<string>> NamesAsync(int count)
    {
        var names = new HashSet<string>();
        while (names.Count < count && await _stirred.WaitAsync(Patience))
        {
            names.UnionWith(_watch.Drain().Paths.Select(path => Path.GetFileName(path)!));
        }

        return names.Order(StringComparer.Ordinal);
    }
}
