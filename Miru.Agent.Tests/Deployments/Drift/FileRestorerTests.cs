using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments.Drift;

/// <summary>Looking at deployed files and putting them back, on the disk of this computer.</summary>
public sealed class FileRestorerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFileSystem _files = new(new PosixFileSystem());
    private readonly List<FileNotice> _notices = [];
    private readonly FileRules _rules;

    public FileRestorerTests()
    {
        Directory.CreateDirectory(_directory.File("root/maps"));
        _rules = new FileRules([_directory.File("root")], UnixFileMode.UserRead | UnixFileMode.UserWrite, KeepsModes: true, LargestConfig: 1024);
        Write("deployed");
    }

    private string Map => _directory.File("root/maps/hall.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_that_stands_as_deployed_is_seen_with_the_directories_on_the_way()
    {
        var look = Look();

        Assert.Null(look.Drift);
        Assert.Equal([_directory.File("root"), _directory.File("root/maps")], look.Places.Select(place => place.Path));
        Assert.Equal(_files.Calls.Count, _files.Calls.Count(call => call.Operation is "open" or "enter" or "look" or "read"));
    }

    [Fact]
    public void A_changed_file_is_put_back_and_the_change_kept()
    {
        Write("by hand");

        var finding = Restore();

        Assert.True(finding.Repaired);
        Assert.Equal("deployed", File.ReadAllText(Map));
        Assert.Equal("by hand", File.ReadAllText(Map + FileNames.ChangedSuffix));
        Assert.Equal(FileNoticeCodes.ChangeKept, Assert.Single(_notices).Code);
        Assert.Equal(["hall.json", "hall.json.miru-changed"], Names());
    }

    [Fact]
    public void A_missing_file_is_put_back_with_its_directory()
    {
        Directory.Delete(_directory.File("root/maps"), recursive: true);

        Assert.True(Restore().Repaired);

        Assert.Equal("deployed", File.ReadAllText(Map));
        Assert.Contains(_files.Calls, call => call.Operation == "sync" && call.Path == _directory.File("root"));
    }

    [Fact]
    public void A_root_that_is_gone_is_not_made_again()
    {
        Directory.Delete(_directory.File("root"), recursive: true);

        var finding = Restore();

        Assert.Equal((DriftKind.Unreachable, false), (finding.Look.Drift, finding.Repaired));
        Assert.False(Directory.Exists(_directory.File("root")));
    }

    [Fact]
    public void A_root_that_goes_between_the_suspicion_and_the_check_is_not_made_again()
    {
        File.Delete(Map);
        var suspect = new SuspectFile(Map, Look(), MayRepair: true, IsNews: true);
        Directory.Delete(_directory.File("root/maps"));

        Assert.False(Restore(suspect).Repaired);
        Assert.False(Directory.Exists(_directory.File("root/maps")));
    }

    [Fact]
    public void A_link_in_its_place_is_reported_and_neither_followed_nor_replaced()
    {
        File.Delete(Map);
        File.WriteAllText(_directory.File("elsewhere"), "deployed");
        File.CreateSymbolicLink(Map, _directory.File("elsewhere"));

        var finding = Restore();

        Assert.Equal((DriftKind.Replaced, false), (finding.Look.Drift, finding.Repaired));
        Assert.NotNull(new FileInfo(Map).LinkTarget);
    }

    [Fact]
    public void A_file_that_somebody_mended_meanwhile_is_left_alone()
    {
        Write("by hand");
        var suspect = new SuspectFile(Map, Look(), MayRepair: true, IsNews: true);
        Write("deployed");

        var finding = Restore(suspect);

        Assert.Null(finding.Look.Drift);
        Assert.Equal(["hall.json"], Names());
    }

    [Fact]
    public void Where_repairing_is_not_wanted_nothing_is_written()
    {
        Write("by hand");
        var suspect = new SuspectFile(Map, Look(), MayRepair: false, IsNews: true);
        _files.Calls.Clear();

        Assert.False(Restore(suspect).Repaired);

        Assert.Equal("by hand", File.ReadAllText(Map));
        Assert.DoesNotContain(_files.Calls, call => call.Operation is not ("open" or "enter" or "look" or "read"));
    }

    [Theory]
    [InlineData(Errno.Io)]
    [InlineData(Errno.NoSpace)]
    [InlineData(Errno.ReadOnly)]
    [InlineData(Errno.Quota)]
    public void A_repair_that_fails_at_any_call_leaves_one_file_or_the_other_and_nothing_half_written(int error)
    {
        Write("by hand");
        var suspect = new SuspectFile(Map, Look(), MayRepair: true, IsNews: true);
        _files.Calls.Clear();
        Assert.True(Restore(suspect).Repaired);
        var calls = _files.Calls.Count;

        for (var call = 0; call < calls; call++)
        {
            File.Delete(Map + FileNames.ChangedSuffix);
            Write("by hand");
            _files.FailAt(call, error);

            var finding = Restore(suspect);

            Assert.True(finding.Failure is not null || finding.Repaired || finding.Look.Drift == DriftKind.Unreachable, $"call {call} failed unnoticed");
            Assert.Contains(File.ReadAllText(Map), new[] { "by hand", "deployed" });
            Assert.Contains("by hand", Names().Select(name => File.ReadAllText(_directory.File($"root/maps/{name}"))));
            _files.Before = null;
            Restore(suspect);
            Assert.Equal("deployed", File.ReadAllText(Map));
            Assert.DoesNotContain(Names(), name => name.EndsWith(FileNames.StagedSuffix, StringComparison.Ordinal));
        }
    }

    private FileLook Look() => new FileInspector(_files, _rules).Look([new OwnedFile(Map, ContentDigest.Of("deployed"u8))])[0];

    private FileFinding Restore() => Restore(new SuspectFile(Map, Look(), MayRepair: true, IsNews: true));

    private FileFinding Restore(SuspectFile suspect)
    {
        var bytes = Encoding.UTF8.GetBytes("deployed");
        return new FileRestorer(_files, _rules).Run(suspect, new WantedFile(Map, ContentDigest.Of(bytes), bytes), _notices);
    }

    private void Write(string text) => File.WriteAllText(Map, text);

    private IEnumerable<string> Names() => Directory.GetFiles(_directory.File("root/maps")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
