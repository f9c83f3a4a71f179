using System.Text;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class FileSwitchTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;

    private readonly TemporaryDirectory _directory = new();
    private readonly FileSwitch _switch = new(new PosixFileSystem(), Mode);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Staged_bytes_change_nothing_until_they_are_committed()
    {
        File.WriteAllText(_directory.File("a"), "old");

        var staged = _switch.Stage([Wanted("a", "new")]);
        Assert.Equal("old", File.ReadAllText(_directory.File("a")));

        _switch.Commit(staged);
        Assert.Equal("new", File.ReadAllText(_directory.File("a")));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void Files_get_their_mode_whatever_the_umask()
    {
        _switch.Commit(_switch.Stage([Wanted("a", "new")]));

        Assert.Equal(Mode, File.GetUnixFileMode(_directory.File("a")));
    }

    [Fact]
    public void Missing_directories_are_made()
    {
        _switch.Commit(_switch.Stage([Wanted("x/y/a", "new")]));

        Assert.Equal("new", File.ReadAllText(_directory.File("x/y/a")));
    }

    [Fact]
    public void A_file_that_holds_the_bytes_already_is_left_alone()
    {
        _switch.Commit(_switch.Stage([Wanted("a", "same")]));

        Assert.Empty(_switch.Stage([Wanted("a", "same")]));
    }

    [Fact]
    public void If_one_file_cannot_be_staged_all_old_files_stay_and_nothing_is_left_over()
    {
        File.WriteAllText(_directory.File("a"), "old");
        File.WriteAllText(_directory.File("file"), "");

        Assert.ThrowsAny<IOException>(() => _switch.Stage([Wanted("a", "new"), Wanted("file/b", "new")]));

        Assert.Equal(["a", "file"], Names());
        Assert.Equal("old", File.ReadAllText(_directory.File("a")));
    }

    [Fact]
    public void What_an_interrupted_switch_staged_is_replaced_by_the_next_one()
    {
        _switch.Stage([Wanted("a", "interrupted")]);

        _switch.Commit(_switch.Stage([Wanted("a", "new")]));

        Assert.Equal("new", File.ReadAllText(_directory.File("a")));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void Removal_tells_which_files_resisted_and_accepts_those_already_gone()
    {
        File.WriteAllText(_directory.File("a"), "");
        Directory.CreateDirectory(_directory.File("resisting/child"));

        var resisting = _switch.Remove([_directory.File("a"), _directory.File("gone"), _directory.File("nowhere/gone"), _directory.File("resisting")]);

        Assert.Equal([_directory.File("resisting")], resisting);
        Assert.Equal(["resisting"], Names());
    }

    [Fact]
    public void A_symbolic_link_below_the_root_is_refused_and_one_above_it_is_not()
    {
        Directory.CreateDirectory(_directory.File("real/sub"));
        Directory.CreateSymbolicLink(_directory.File("root"), _directory.File("real"));
        Directory.CreateSymbolicLink(_directory.File("real/link"), _directory.FullName);
        File.CreateSymbolicLink(_directory.File("real/sub/dangling"), _directory.File("nowhere"));
        string[] roots = [_directory.File("root")];

        Assert.Null(StandingPathCheck.Violation(_directory.File("root/sub/a"), roots, new PosixFileSystem()));
        Assert.Contains("root/link", StandingPathCheck.Violation(_directory.File("root/link/a"), roots, new PosixFileSystem()));
        Assert.Contains("dangling", StandingPathCheck.Violation(_directory.File("root/sub/dangling"), roots, new PosixFileSystem()));
    }

    private (string, ReadOnlyMemory<byte>) Wanted(string name, string content) => (_directory.File(name), Encoding.UTF8.GetBytes(content));

    private IEnumerable<string> Names() => Directory.GetFileSystemEntries(_directory.FullName).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
