using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Xunit;

namespace Miru.Agent.Tests.Deployments.Drift;

/// <summary>What a look at a file means and when something is done about it, without disk, clock or actors.</summary>
public sealed class DriftBookTests
{
    private const string Map = "/srv/miru/maps/hall.json";
    private const string Motion = "/srv/miru/motion.json";
    private static readonly DateTimeOffset Today = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetryBackoff Backoff = new(TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), Jitter: 0, FullDisk: TimeSpan.FromSeconds(30));

    private TimeSpan _now;
    private DriftBook _book = Book(repairs: true);

    [Fact]
    public void A_file_that_stands_as_it_was_deployed_asks_for_nothing()
    {
        Assert.Equal(DriftStep.None, Judge(Map, Good()));
        Assert.Empty(_book.Drifted);
    }

    [Fact]
    public void A_changed_file_is_checked_and_put_back()
    {
        Assert.Equal(DriftStep.Check, Judge(Map, Changed("x"), out var suspect));
        Assert.True(suspect!.MayRepair && suspect.IsNews);
    }

    [Fact]
    public void Where_drift_is_only_reported_it_is_reported_once_for_each_change()
    {
        _book = Book(repairs: false);
        Assert.Equal(DriftStep.Check, Judge(Map, Changed("x"), out var suspect));
        Assert.False(suspect!.MayRepair);
        Settle(suspect);

        _now += TimeSpan.FromHours(1);
        Assert.Equal(DriftStep.None, Judge(Map, Changed("x")));
        Assert.Equal(DriftStep.Check, Judge(Map, Changed("y")));
        Assert.Equal(Map, Assert.Single(_book.Drifted).Path);
    }

    [Fact]
    public void A_reported_drift_that_somebody_mends_is_over()
    {
        _book = Book(repairs: false);
        Judge(Map, Changed("x"), out var suspect);
        Settle(suspect!);

        Assert.Equal(DriftStep.Healed, Judge(Map, Good()));
        Assert.Empty(_book.Drifted);
        Assert.Equal(DriftStep.None, Judge(Map, Good()));
    }

    [Fact]
    public void What_keeps_being_changed_is_put_back_ever_more_seldom()
    {
        var repairs = new List<TimeSpan>();
        for (; _now < TimeSpan.FromHours(48); _now += TimeSpan.FromSeconds(1))
        {
            if (Judge(Map, Changed($"{_now}"), out var suspect) == DriftStep.Check)
            {
                repairs.Add(_now);
                Settle(suspect!, repaired: true);
            }
        }

        Assert.InRange(repairs.Count, 10, 20);
        var waits = repairs.Zip(repairs.Skip(1), (one, next) => next - one).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.True(waits[^1] > TimeSpan.FromHours(5));
    }

    [Fact]
    public void While_it_is_left_alone_the_status_knows_that_it_drifted_again()
    {
        Judge(Map, Changed("x"), out var suspect);
        Settle(suspect!, repaired: true);
        Assert.Empty(_book.Drifted);

        Assert.Equal(DriftStep.None, Judge(Map, Changed("x")));
        Assert.Single(_book.Drifted);

        // It is looked at again by itself, and acted upon when its wait is over.
        Assert.Equal(TimeSpan.FromSeconds(15), _book.NextLook);
        _now = TimeSpan.FromSeconds(15);
        Assert.Equal(Map, Assert.Single(_book.Take(_now, 10)).Path);
        Assert.Equal(DriftStep.Check, Judge(Map, Changed("x")));
    }

    [Fact]
    public void After_a_quiet_time_a_change_counts_as_the_first_one()
    {
        for (var i = 0; i < 3; i++)
        {
            Judge(Map, Changed("x"), out var suspect);
            Settle(suspect!, repaired: true);
            _now = _now + TimeSpan.FromSeconds(15 * Math.Pow(2, i));
        }

        _now += TimeSpan.FromMinutes(5);
        Judge(Map, Changed("x"), out var late);
        Settle(late!, repaired: true);
        Judge(Map, Changed("x"));

        Assert.Equal(_now + TimeSpan.FromSeconds(15), _book.NextLook);
    }

    [Fact]
    public void A_missing_file_is_put_back_only_where_a_deployed_file_was_seen()
    {
        Judge(Map, Missing("/srv/miru", "/srv/miru/maps"), out var unseen);
        Assert.False(unseen!.MayRepair);

        Judge(Map, Good("/srv/miru", "/srv/miru/maps"));
        Judge(Map, Missing("/srv/miru", "/srv/miru/maps"), out var seen);
        Assert.True(seen!.MayRepair);

        // Its directory went with it, but not the one above.
        Judge(Map, Missing("/srv/miru"), out var deeper);
        Assert.True(deeper!.MayRepair);
    }

    [Fact]
    public void Where_a_file_was_put_back_a_deployed_file_was_seen()
    {
        Judge(Map, Changed("x"), out var suspect);
        Settle(suspect!, repaired: true);
        _now += TimeSpan.FromMinutes(1);

        Judge(Map, Missing("/srv/miru", "/srv/miru/maps"), out var gone);

        Assert.True(gone!.MayRepair);
    }

    [Fact]
    public void On_another_file_system_than_before_nothing_is_put_back()
    {
        Judge(Map, Good("/srv/miru", "/srv/miru/maps"));

        Judge(Map, Missing("/srv/miru", "/srv/miru/maps") with { Places = [new("/srv/miru", 1), new("/srv/miru/maps", 2)] }, out var suspect);

        Assert.False(suspect!.MayRepair);
        Assert.Equal(DriftKind.Unreachable, suspect.Look.Drift);
        Assert.Contains("/srv/miru/maps", suspect.Look.Reason);
    }

    [Fact]
    public void What_an_apply_would_refuse_is_reported_and_not_touched()
    {
        foreach (var kind in new[] { DriftKind.Replaced, DriftKind.Unreachable })
        {
            Judge(Map, new FileLook(kind, null, "a link", []), out var suspect);

            Assert.True(suspect!.IsNews);
            Assert.False(suspect.MayRepair);
        }
    }

    [Fact]
    public void A_repair_that_fails_is_tried_again_and_soon_where_the_disk_was_full()
    {
        for (var i = 1; i <= 8; i++)
        {
            Judge(Map, Changed("x"), out var suspect);
            Assert.Equal(i == 1, suspect!.IsNews);
            Settle(suspect, failure: new FileSystemException("no space", Errno.NoSpace));
            _now += TimeSpan.FromSeconds(Math.Min(15 * Math.Pow(2, i - 1), 30));
        }

        Assert.Equal(Map, Assert.Single(_book.Take(_now, 10)).Path);
        Assert.Single(_book.Drifted);
    }

    [Fact]
    public void A_suspicion_that_proves_wrong_is_forgotten()
    {
        Judge(Map, Changed("x"), out var suspect);
        _book.Settle(new FileFinding(suspect!, Good(), Repaired: false, null), _now, Today);

        Assert.Empty(_book.Drifted);
        Assert.Equal(DriftStep.None, Judge(Map, Good()));
    }

    [Fact]
    public void A_new_deployment_makes_old_drift_meaningless()
    {
        _book = Book(repairs: false);
        Judge(Map, Changed("x"), out var suspect);
        Settle(suspect!);

        _book.Expect([new OwnedFile(Map, "sha256:other"), new OwnedFile(Motion, "sha256:good")]);

        Assert.Empty(_book.Drifted);

        // Nobody may have watched since it was written.
        Assert.Equal([Map], _book.Take(_now, 10).Select(file => file.Path));
    }

    [Fact]
    public void What_happens_to_a_directory_concerns_the_files_below_it_and_no_others()
    {
        _book.Suspect("/srv/miru/maps");
        Assert.Equal([Map], _book.Take(_now, 10).Select(file => file.Path));

        _book.Suspect("/srv/miru");
        Assert.Equal(2, _book.Take(_now, 10).Count);

        _book.Suspect("/srv/miru/.motion.json.miru-new");
        _book.Suspect("/srv/miru/mapsx");
        Assert.Empty(_book.Take(_now, 10));
    }

    [Fact]
    public void Files_are_taken_in_shares()
    {
        _book.SuspectAll();

        Assert.Single(_book.Take(_now, 1));
        Assert.Single(_book.Take(_now, 1));
        Assert.Null(_book.NextLook);
    }

    [Fact]
    public void Directories_are_watched_from_the_root_down_and_not_above_it() =>
        Assert.Equal(["/srv/miru", "/srv/miru/maps"], _book.DirectoriesBelow(["/srv/miru"]));

    private static DriftBook Book(bool repairs)
    {
        var book = new DriftBook(repairs, Backoff, new Random(1));
        book.Expect([new OwnedFile(Map, "sha256:good"), new OwnedFile(Motion, "sha256:good")]);
        book.Take(TimeSpan.Zero, 2);
        return book;
    }

    private static FileLook Good(params string[] places) => new(null, "sha256:good", null, Places(places));

    private static FileLook Changed(string digest) => new(DriftKind.Changed, digest, "changed", Places("/srv/miru", "/srv/miru/maps"));

    private static FileLook Missing(params string[] places) => new(DriftKind.Missing, null, "gone", Places(places));

    private static List<DirectoryPlace> Places(params string[] places) => [.. places.Select(place => new DirectoryPlace(place, 1))];

    private DriftStep Judge(string path, FileLook look) => Judge(path, look, out _);

    private DriftStep Judge(string path, FileLook look, out SuspectFile? suspect) => _book.Judge(path, look, _now, Today, out suspect);

    private void Settle(SuspectFile suspect, bool repaired = false, Exception? failure = null) =>
        _book.Settle(new FileFinding(suspect, suspect.Look, repaired, failure), _now, Today);
}
