using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

/// <summary>Both halves of an apply on the disk of this computer.</summary>
public sealed class FileSwitchTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Tight = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFileSystem _files = new(new PosixFileSystem());
    private readonly List<FileNotice> _notices = [];
    private readonly List<OwnedFile> _owned = [];
    private FileRules _rules;

    public FileSwitchTests() => _rules = new FileRules([_directory.FullName], Mode, KeepsModes: true, LargestConfig: 1024);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Staged_bytes_change_nothing_until_they_are_switched()
    {
        Own("a", "old");

        var plan = Stage(("a", "new"));
        Assert.Equal("old", Read("a"));

        Switch(plan);
        Assert.Equal("new", Read("a"));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void A_new_file_gets_its_mode_whatever_the_umask()
    {
        Switch(Stage(("a", "new")));

        Assert.Equal(Mode, File.GetUnixFileMode(_directory.File("a")));
    }

    [Theory]
    [InlineData(true, Tight)]
    [InlineData(false, Mode)]
    public void A_replaced_file_keeps_its_mode_unless_the_settings_say_otherwise(bool keeps, UnixFileMode expected)
    {
        _rules = _rules with { KeepsModes = keeps };
        Own("a", "old");
        File.SetUnixFileMode(_directory.File("a"), Tight);

        Switch(Stage(("a", "new")));

        Assert.Equal(expected, File.GetUnixFileMode(_directory.File("a")));
    }

    [Fact]
    public void Missing_directories_are_made()
    {
        Switch(Stage(("x/y/a", "new")));

        Assert.Equal("new", Read("x/y/a"));
    }

    [Fact]
    public void A_file_that_holds_the_bytes_already_is_not_written()
    {
        Switch(Stage(("a", "same")));
        _files.Calls.Clear();

        Switch(Stage(("a", "same")));

        Assert.DoesNotContain(_files.Calls, call => call.Operation is "write" or "rename" or "sync");
    }

    [Fact]
    public void What_was_there_before_the_agent_is_kept_beside_it_and_no_older_copy_is_overwritten()
    {
        File.WriteAllText(_directory.File("a.miru-orig"), "older");
        File.WriteAllText(_directory.File("a"), "mine");
        File.SetUnixFileMode(_directory.File("a"), Tight);

        Switch(Stage(("a", "new")));

        Assert.Equal("new", Read("a"));
        Assert.Equal("older", Read("a.miru-orig"));
        Assert.Equal("mine", Read("a.miru-orig.2"));
        Assert.Equal(Tight, File.GetUnixFileMode(_directory.File("a.miru-orig.2")));
        Assert.Equal((FileNoticeCodes.OriginalKept, _directory.File("a")), (_notices[0].Code, _notices[0].Path));
    }

    [Fact]
    public void An_original_that_cannot_be_kept_is_not_replaced()
    {
        File.WriteAllText(_directory.File("a"), "mine");
        foreach (var copy in FileNames.Originals("a"))
        {
            File.WriteAllText(_directory.File(copy), "older " + copy);
        }

        Assert.ThrowsAny<IOException>(() => Stage(("a", "new")));
        Assert.Equal("mine", Read("a"));
    }

    [Fact]
    public void A_change_that_somebody_made_to_our_file_is_kept_and_reported()
    {
        Own("a", "ours");
        File.WriteAllText(_directory.File("a"), "changed");
        File.WriteAllText(_directory.File("a.miru-changed"), "an earlier change");

        Switch(Stage(("a", "new")));

        Assert.Equal("changed", Read("a.miru-changed"));
        Assert.Equal(FileNoticeCodes.ChangeKept, Assert.Single(_notices).Code);
    }

    [Fact]
    public void A_file_that_already_holds_the_wanted_bytes_needs_no_copy()
    {
        File.WriteAllText(_directory.File("a"), "new");

        Switch(Stage(("a", "new")));

        Assert.Equal(["a"], Names());
        Assert.Empty(_notices);
    }

    [Fact]
    public void If_one_file_cannot_be_staged_all_old_files_stay_and_nothing_is_left_over()
    {
        File.WriteAllText(_directory.File("a"), "old");
        File.WriteAllText(_directory.File("file"), "");

        Assert.ThrowsAny<IOException>(() => Stage(("a", "new"), ("file/b", "new")));

        Assert.Equal(["a", "file"], Names());
        Assert.Equal("old", Read("a"));
    }

    [Fact]
    public void What_an_interrupted_attempt_staged_is_replaced_by_the_next_one()
    {
        Stage(("a", "interrupted"));

        Switch(Stage(("a", "new")));

        Assert.Equal("new", Read("a"));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void A_switch_may_be_repeated_from_wherever_it_stopped()
    {
        var plan = Stage(("a", "new"), ("b", "new"));
        File.Move(_directory.File(".a.miru-new"), _directory.File("a"));

        Switch(plan, verify: true);
        Switch(plan, verify: true);

        Assert.Equal(("new", "new"), (Read("a"), Read("b")));
        Assert.Equal(["a", "b"], Names());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("tampered")]
    public void A_staged_file_that_is_lost_or_damaged_is_written_again_from_the_store(string? instead)
    {
        var plan = Stage(("a", "new"));
        File.Delete(_directory.File(".a.miru-new"));
        if (instead is not null)
        {
            File.WriteAllText(_directory.File(".a.miru-new"), instead);
        }

        Switch(plan, verify: true);

        Assert.Equal("new", Read("a"));
    }

    [Fact]
    public void Removal_deletes_what_the_agent_wrote_and_nothing_else()
    {
        Own("ours", "ours");
        Own("changed", "ours");
        File.WriteAllText(_directory.File("changed"), "by somebody");
        Own("gone", "ours");
        File.Delete(_directory.File("gone"));
        Own("replaced", "ours");
        File.Delete(_directory.File("replaced"));
        Directory.CreateDirectory(_directory.File("replaced/child"));
        _owned.Add(new OwnedFile("/elsewhere/file", null));

        var leftBehind = Switch(Stage());

        Assert.Equal(["changed.miru-changed", "replaced"], Names());
        Assert.Equal("/elsewhere/file", Assert.Single(leftBehind).Path);
        Assert.Equal(
            [FileNoticeCodes.ChangeKept, FileNoticeCodes.NotOurs, FileNoticeCodes.LeftBehind], _notices.Select(notice => notice.Code));
    }

    [Fact]
    public void A_removal_that_is_refused_is_told_and_does_not_fail_the_rest()
    {
        Own("a", "ours");
        _files.Before = call =>
        {
            if (call.Operation == "delete")
            {
                throw new FileSystemException("denied", Errno.Denied);
            }
        };

        var leftBehind = Switch(Stage(("b", "new")));

        Assert.Equal([_directory.File("a")], leftBehind.Select(file => file.Path));
        Assert.Equal("new", Read("b"));
    }

    [Fact]
    public void A_hundred_files_cost_one_sync_each_and_at_most_two_for_each_directory()
    {
        for (var d = 0; d < 4; d++)
        {
            Directory.CreateDirectory(_directory.File($"d{d}"));
        }

        Switch(Stage([.. Enumerable.Range(0, 100).Select(i => ($"d{i % 4}/{i}", $"new {i}"))]));

        Assert.Equal(100, _files.Calls.Count(call => call.Operation == "write"));
        var directories = _files.Calls.Where(call => call.Operation == "sync").GroupBy(call => call.Path).Select(calls => calls.Count()).ToList();
        Assert.Equal(5, directories.Count);
        Assert.All(directories, syncs => Assert.InRange(syncs, 1, 2));
    }

    [Fact]
    public void A_symbolic_link_below_the_root_is_an_obstacle_and_one_above_it_is_not()
    {
        Directory.CreateDirectory(_directory.File("real/sub/deep"));
        Directory.CreateSymbolicLink(_directory.File("root"), _directory.File("real"));
        Directory.CreateSymbolicLink(_directory.File("real/link"), _directory.FullName);
        File.CreateSymbolicLink(_directory.File("real/sub/dangling"), _directory.File("nowhere"));
        _rules = _rules with { AllowedRoots = [_directory.File("root")] };

        Assert.Null(Obstacle("root/sub/a"));
        Assert.Null(Obstacle("root/new/a"));
        Assert.Contains("root/link", Obstacle("root/link/a"));
        Assert.Contains("dangling", Obstacle("root/sub/dangling"));
        Assert.Contains("is a directory", Obstacle("root/sub/deep"));
    }

    [Fact]
    public void A_directory_that_becomes_a_link_after_the_check_is_not_written_through()
    {
        Directory.CreateDirectory(_directory.File("a"));
        Directory.CreateDirectory(_directory.File("elsewhere"));
        _files.Before = call =>
        {
            if (call.Operation == "enter" && !new DirectoryInfo(_directory.File("a")).Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                Directory.Delete(_directory.File("a"));
                Directory.CreateSymbolicLink(_directory.File("a"), _directory.File("elsewhere"));
            }
        };

        Assert.ThrowsAny<IOException>(() => Stage(("a/file", "new")));

        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("elsewhere")));
    }

    private SwitchPlan Stage(params (string Name, string Content)[] wanted)
    {
        var files = wanted.Select(file => new WantedFile(_directory.File(file.Name), ContentDigest.Of(Bytes(file.Content)), Bytes(file.Content))).ToList();
        return new FileStaging(_files, _rules).Stage(files, _owned, _notices);
    }

    private IReadOnlyList<OwnedFile> Switch(SwitchPlan plan, bool verify = false) => new FileSwitch(_files, _rules).Run(
        plan, new Dictionary<string, ReadOnlyMemory<byte>> { [ContentDigest.Of(Bytes("new"))] = Bytes("new") }, verify, _notices);

    private string? Obstacle(string name) => new FileStaging(_files, _rules).Obstacle([_directory.File(name)]);

    private void Own(string name, string content)
    {
        File.WriteAllText(_directory.File(name), content);
        _owned.Add(new OwnedFile(_directory.File(name), ContentDigest.Of(Bytes(content))));
    }

    private string Read(string name) => File.ReadAllText(_directory.File(name));

    private IEnumerable<string> Names() => Directory.GetFileSystemEntries(_directory.FullName).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
