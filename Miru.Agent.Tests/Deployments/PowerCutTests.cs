using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Configs;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

/// <summary>Whatever stops an apply wherever: afterwards all files are those of one deployment, and it is the one the store calls current.</summary>
public sealed class PowerCutTests
{
    private const string Root = "/srv/miru";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int UsualStories = 2_000;

    private static readonly FileRules Rules = new([Root], Mode, KeepsModes: true, LargestConfig: 4096);
    private static readonly IReadOnlyList<WantedFile> Old = [File("a/1", "old"), File("a/2", "old"), File("b/3", "old"), File("b/4", "same")];
    private static readonly IReadOnlyList<WantedFile> New = [File("a/1", "new"), File("a/2", "newer"), File("b/4", "same"), File("c/d/5", "new")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_process_that_dies_at_any_call_leaves_nothing_mixed(bool powerIsCut)
    {
        var violations = DieEverywhere(powerIsCut, losesSyncs: false, out var cycles);

        Assert.True(cycles > 500, $"only {cycles} cycles");
        Assert.Empty(violations);
    }

    [Fact]
    public void A_disk_that_only_pretends_to_sync_is_caught_by_the_same_test() =>
        Assert.NotEmpty(DieEverywhere(powerIsCut: true, losesSyncs: true, out _));

    [Theory]
    [InlineData(Errno.NoSpace)]
    [InlineData(Errno.Io)]
    [InlineData(Errno.ReadOnly)]
    [InlineData(Errno.Quota)]
    [InlineData(Errno.CrossDevice)]
    public void A_call_that_fails_leaves_the_old_files_or_is_made_good_by_the_retry(int error)
    {
        for (var call = 0; ; call++)
        {
            var (disk, files, applies) = WithOld();
            files.FailAt(call, error);
            var failed = Fails(() => applies.Apply(New));
            if (files.Calls.Count <= call)
            {
                return;
            }

            files.Before = null;
            if (failed && !applies.IsPending)
            {
                Assert.Null(Violation(disk, Old, applies.LeftBehind));
                applies.Apply(New);
            }

            applies.Recover();
            Assert.Null(Violation(disk, New, applies.LeftBehind));

            applies.Apply(Old);
            Assert.Empty(applies.LeftBehind);
            Assert.Null(Violation(disk, Old));
        }
    }

    [Fact]
    public void A_call_that_fails_once_leaves_no_file_of_the_old_deployment_behind()
    {
        for (var call = 0; ; call++)
        {
            var (disk, files, applies) = WithOld();
            files.FailAt(call, Errno.Io);
            var failed = Fails(() => applies.Apply(New));
            if (files.Calls.Count <= call)
            {
                return;
            }

            if (!failed)
            {
                Assert.Null(Violation(disk, New));
            }
        }
    }

    /// <summary>Deployments, failing calls, deaths and power cuts in any order; FsCheck shrinks what it finds to the shortest such story.</summary>
    [Fact]
    public void No_story_of_applies_faults_and_cuts_ends_mixed()
    {
        var step = Gen.Choose(0, 4).SelectMany(kind => Gen.Choose(0, 60).SelectMany(call => Gen.Choose(0, 3).Select(variant => new Step(kind, call, variant))));
        var stories = Arb.From<Step[]>(step.ArrayOf(), Shrink);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Stories).WithEndSize(30), Prop.ForAll(stories, steps => Tell(steps) is null));
    }

    /// <summary>More of them for whoever has the time: <c>MIRU_STORIES=10000</c>.</summary>
    private static int Stories => int.TryParse(Environment.GetEnvironmentVariable("MIRU_STORIES"), out var wanted) ? wanted : UsualStories;

    private static IEnumerable<Step[]> Shrink(Step[] story) => story.Select((_, left) => story.Where((_, i) => i != left).ToArray());

    private static string? Tell(Step[] story)
    {
        var (disk, files, applies) = WithOld();
        foreach (var (kind, call, variant) in story)
        {
            files.Before = null;
            IReadOnlyList<WantedFile> wanted = [File("a/1", $"v{variant}"), File($"b/{variant}", "x"), File("c/2", $"w{variant % 2}")];
            switch (kind)
            {
                case 0:
                    Fails(() => applies.Apply(wanted));
                    break;

                case 1:
                    files.FailAt(call, Errno.NoSpace);
                    Fails(() => applies.Apply(wanted));
                    break;

                default:
                    files.DieAt(call);
                    Dies(() => applies.Apply(wanted));
                    Revive(disk, files, powerIsCut: kind > 2, new Random((call * 7) + variant));
                    files.DieAt(call / 2);
                    Dies(applies.Recover);
                    Revive(disk, files, powerIsCut: kind > 3, new Random(call));
                    break;
            }

            files.Before = null;
            applies.Recover();
            if (Violation(disk, applies.Current, applies.LeftBehind) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private static List<string> DieEverywhere(bool powerIsCut, bool losesSyncs, out int cycles)
    {
        var violations = new List<string>();
        cycles = 0;
        for (var first = 0; ; first++)
        {
            for (var second = 0; second < 30; second++)
            {
                var random = new Random((first * 1000) + second);
                var (disk, files, applies) = WithOld(losesSyncs);
                files.DieAt(first);
                if (!Dies(() => applies.Apply(New)) && second == 0)
                {
                    return violations;
                }

                Revive(disk, files, powerIsCut, random);
                files.DieAt(second == 29 ? int.MaxValue : second * 2);
                Dies(applies.Recover);
                Revive(disk, files, powerIsCut, random);
                applies.Recover();
                cycles++;
                if (Violation(disk, applies.Current) is { } violation)
                {
                    violations.Add($"dead at {first}, and again at {second}: {violation}");
                }
            }
        }
    }

    private static (SimulatedDisk Disk, FaultyFileSystem Files, JournaledApplies Applies) WithOld(bool losesSyncs = false)
    {
        var disk = new SimulatedDisk(losesSyncs);
        disk.CreateRoot(Root);
        foreach (var file in Old)
        {
            disk.Put(file.Path, file.Content.ToArray());
        }

        var files = new FaultyFileSystem(disk);
        var applies = new JournaledApplies(files, Rules);
        applies.Apply(Old);
        return (disk, files, applies);
    }

    /// <summary>Null if exactly these files stand, with their bytes and nothing beside them but what is known to.</summary>
    private static string? Violation(SimulatedDisk disk, IReadOnlyList<WantedFile> current, IReadOnlyList<OwnedFile>? leftBehind = null)
    {
        foreach (var file in current)
        {
            if (disk.Read(file.Path) is not { } bytes || !file.Content.Span.SequenceEqual(bytes))
            {
                return $"{file.Path} does not hold what is current";
            }
        }

        var expected = current.Select(file => file.Path).Concat((leftBehind ?? []).Select(file => file.Path)).ToHashSet();
        var stray = new[] { "a", "b", "c/d" }.Select(name => $"{Root}/{name}").SelectMany(path => disk.NamesIn(path).Select(name => $"{path}/{name}")).FirstOrDefault(path => !expected.Contains(path));
        return stray is null ? null : $"{stray} was left over";
    }

    private static void Revive(SimulatedDisk disk, FaultyFileSystem files, bool powerIsCut, Random random)
    {
        files.Before = null;
        if (powerIsCut)
        {
            disk.Cut(random);
        }
    }

    private static bool Dies(Action work)
    {
        try
        {
            work();
            return false;
        }
        catch (ProcessDiedException)
        {
            return true;
        }
    }

    private static bool Fails(Action work)
    {
        try
        {
            work();
            return false;
        }
        catch (FileSystemException)
        {
            return true;
        }
    }

    private static WantedFile File(string name, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new WantedFile($"{Root}/{name}", ContentDigest.Of(bytes), bytes);
    }

    private sealed record Step(int Kind, int Call, int Variant);
}
