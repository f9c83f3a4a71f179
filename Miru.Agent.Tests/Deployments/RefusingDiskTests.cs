using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

/// <summary>Applies on real file systems that are full, out of inodes or read-only for a while.</summary>
public sealed class RefusingDiskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [MountFact]
    public void A_full_disk_leaves_the_old_files_and_nothing_half_written_however_often_it_is_tried()
    {
        using var disk = new SmallDisk(_directory.File("disk"), "size=256k");
        var applies = Applied(disk.Path, "old");
        for (var cycle = 0; cycle < 50; cycle++)
        {
            disk.Fill();
            Refuses(applies, disk.Path, Errno.NoSpace, $"old {cycle}");

            disk.Free();
            applies.Apply(Files(disk.Path, $"old {cycle}"));
            AssertStands(disk.Path, $"old {cycle}");
        }
    }

    [MountFact]
    public void A_disk_out_of_inodes_leaves_the_old_files_and_nothing_half_written()
    {
        using var disk = new SmallDisk(_directory.File("disk"), "nr_inodes=16");
        var applies = Applied(disk.Path, "old");
        var fillers = Directory.CreateDirectory(Path.Combine(disk.Path, "fillers")).FullName;
        var filled = 0;
        try
        {
            for (; ; filled++)
            {
                File.WriteAllText(Path.Combine(fillers, $"{filled}"), "");
            }
        }
        catch (IOException)
        {
            Refuses(applies, disk.Path, Errno.NoSpace, "new");
        }

        Assert.True(filled > 0);
        Directory.Delete(fillers, recursive: true);
        applies.Apply(Files(disk.Path, "new"));
        AssertStands(disk.Path, "new");
    }

    [MountFact]
    public void A_disk_that_turned_read_only_leaves_the_old_files_and_takes_the_new_ones_when_it_is_back()
    {
        using var disk = new SmallDisk(_directory.File("disk"), "size=256k");
        var applies = Applied(disk.Path, "old");
        for (var cycle = 0; cycle < 20; cycle++)
        {
            disk.Remount("ro");
            Refuses(applies, disk.Path, Errno.ReadOnly, "new");
            disk.Remount("rw");
        }

        applies.Apply(Files(disk.Path, "new"));
        AssertStands(disk.Path, "new");
    }

    [ImmutableFileFact]
    public void A_file_that_nobody_may_change_leaves_all_of_its_deployment_old_until_it_may_be_changed_again()
    {
        var applies = Applied(_directory.FullName, "old");
        var file = applies.Current[1].Path;
        for (var cycle = 0; cycle < 20; cycle++)
        {
            Assert.True(ImmutableFileFactAttribute.Set(file, immutable: true));
            try
            {
                Assert.Contains(file, Refuses(applies, _directory.FullName, Errno.NotPermitted, "new"));
            }
            finally
            {
                Assert.True(ImmutableFileFactAttribute.Set(file, immutable: false));
            }
        }

        applies.Apply(Files(_directory.FullName, "new"));
        AssertStands(_directory.FullName, "new");
    }

    private static JournaledApplies Applied(string folder, string content)
    {
        var rules = new FileRules([folder], UnixFileMode.UserRead | UnixFileMode.UserWrite, KeepsModes: true, LargestConfig: 4096);
        var applies = new JournaledApplies(new PosixFileSystem(), rules);
        applies.Apply(Files(folder, content));
        return applies;
    }

    /// <returns>What it says.</returns>
    private static string Refuses(JournaledApplies applies, string folder, int error, string content)
    {
        var before = Encoding.UTF8.GetString(applies.Current[0].Content.Span);

        var refused = Assert.Throws<FileSystemException>(() => applies.Apply(Files(folder, content + " and more")));

        Assert.Equal(error, refused.Error);
        Assert.False(applies.IsPending);
        AssertStands(folder, before);
        return refused.Message;
    }

    private static void AssertStands(string folder, string content)
    {
        Assert.All(Files(folder, content), file => Assert.Equal(content, File.ReadAllText(file.Path)));
        Assert.Equal(3, Directory.EnumerateFiles(folder, "*.json*", SearchOption.AllDirectories).Count());
        Assert.Empty(Directory.EnumerateFiles(folder, ".*", SearchOption.AllDirectories));
    }

    private static List<WantedFile> Files(string folder, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return [.. new[] { "a.json", "b.json", "d/c.json" }.Select(name => new WantedFile(Path.Combine(folder, name), ContentDigest.Of(bytes), bytes))];
    }
}
