using Akka.Actor;
using Akka.Event;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Health;

namespace Miru.Agent.Deployments.Drift;

/// <summary>
/// Notices when a deployed file is changed, replaced or deleted by somebody else: soon after the kernel hints at it, and at the latest with the
/// next check of all files by digest.
/// <para>Owns: the watch on the directories, what is known of each file.</para>
/// <para>Receives: <see cref="WatchFiles"/> from its parent, the store; what became of its suspicions, <see cref="FilesRestored"/> or
/// <see cref="RestoreDeferred"/>; its own timers and the watch's call.</para>
/// <para>Tells: the store <see cref="CheckSuspects"/>, one at a time, and <see cref="FilesHealed"/>; the status <see cref="DriftReported"/>.</para>
/// <para>On failure: restarted by the store, and begins anew with what that tells it; without inotify the schedule alone must do. It looks and
/// never writes: the deployer does that, when no apply is under way, so an apply is never mistaken for drift and nothing is written twice.</para>
/// </summary>
/// <remarks>It blocks while the disk reads; that is why it is an actor of its own, and why it looks at few files at a time.</remarks>
internal sealed class DriftWatcher : ReceiveActor, IWithTimers
{
    /// <summary>The start belongs to the applications.</summary>
    public static readonly TimeSpan BeginAfter = TimeSpan.FromSeconds(2);

    /// <summary>Whoever changes a file often changes several, and an apply's snapshot follows its files.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    /// <summary>Files looked at in one go, and the pause before the next ones.</summary>
    private const int Share = 16;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly DriftSettings _settings;
    private readonly FileInspector _inspector;
    private readonly IReadOnlyList<string> _roots;
    private readonly Func<Action, IFileWatch> _openWatch;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly DriftBook _book;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly long _started;
    private IFileWatch? _watch;
    private IReadOnlyList<OwnedFile>? _announced;
    private IReadOnlyList<SuspectFile>? _asked;
    private IReadOnlyList<DriftedFile> _reported = [];
    private bool _begun;

    /// <param name="deployments">Where files may be, and what happens to drifted ones.</param>
    /// <param name="openWatch">Opens the watch, with what it is to call.</param>
    /// <param name="seed">Draws the jitter.</param>
    public DriftWatcher(DeploymentSettings deployments, IFileSystem files, Func<Action, IFileWatch> openWatch, IActorRef status, TimeProvider time, int seed)
    {
        _settings = deployments.Drift;
        _inspector = new FileInspector(files, deployments.Files);
        _roots = deployments.Files.AllowedRoots;
        _openWatch = openWatch;
        _status = status;
        _time = time;
        _random = new Random(seed);
        _book = new DriftBook(_settings.Repairs, deployments.Retry, _random);
        _started = time.GetTimestamp();

        Receive<WatchFiles>(OnWatch);
        Receive<BeginDue>(_ => Begin());
        Receive<CheckDue>(_ => CheckAll());
        Receive<Stirred>(_ => Timers.StartSingleTimer(DrainDue.Instance, DrainDue.Instance, Settle));
        Receive<DrainDue>(_ => Drain());
        Receive<LookDue>(_ => Look());
        Receive<FilesRestored>(OnRestored);
        Receive<RestoreDeferred>(_ => OnDeferred());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    protected override void PreStart() => Timers.StartSingleTimer(BeginDue.Instance, BeginDue.Instance, BeginAfter);

    protected override void PostStop()
    {
        _watch?.Dispose();
        _status.Tell(new DriftReported([]));
    }

    private void OnWatch(WatchFiles command)
    {
        _announced = command.Files;
        if (_begun)
        {
            Expect();
            LookSoon();
        }
    }

    private void Begin()
    {
        _begun = true;
        try
        {
            var self = Self;
            _watch = _openWatch(() => self.Tell(Stirred.Instance));
        }
        catch (IOException refused)
        {
            _log.Warning("Changes of deployed files are not noticed at once, only every {0}: {1}.", _settings.Interval, refused.Message.TrimEnd('.'));
        }

        Expect();
        CheckAll();
    }

    private void Expect()
    {
        _book.Expect((_announced ?? []).Where(_inspector.Covers));
        WatchDirectories();
        Report();
    }

    private void WatchDirectories()
    {
        var directories = _book.DirectoriesBelow(_roots);
        if (_watch?.Watch(directories) is > 0 and var unwatched)
        {
            _log.Debug("{0} of {1} directories of deployed files cannot be watched; they are checked every {2}.", unwatched, directories.Count, _settings.Interval);
        }
    }

    private void CheckAll()
    {
        WatchDirectories();
        _book.SuspectAll();
        Timers.StartSingleTimer(CheckDue.Instance, CheckDue.Instance, _settings.NextInterval(_random));
        LookSoon();
    }

    private void Drain()
    {
        var changes = _watch!.Drain();

        // First watched, then looked at: what happens in between is not missed.
        WatchDirectories();
        if (changes.Overflowed)
        {
            _book.SuspectAll();
        }

        foreach (var path in changes.Paths)
        {
            _book.Suspect(path);
        }

        LookSoon();
    }

    private void LookSoon()
    {
        // While the store has a suspicion of ours, the next look waits for what becomes of it.
        if (_asked is null && _book.NextLook is { } next)
        {
            var wait = next - Now;
            Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, wait > Pace ? wait : Pace);
        }
    }

    private void Look()
    {
        if (_asked is not null)
        {
            return;
        }

        var files = _book.Take(Now, Share);
        var (suspects, healed) = (new List<SuspectFile>(), new List<string>());
        foreach (var (file, look) in files.Zip(_inspector.Look(files)))
        {
            switch (_book.Judge(file.Path, look, Now, _time.GetUtcNow(), out var suspect))
            {
                case DriftStep.Check:
                    suspects.Add(suspect!);
                    break;

                case DriftStep.Healed:
                    healed.Add(file.Path);
                    break;
            }
        }

        if (healed.Count > 0)
        {
            _log.Info("As they were deployed again, and not by the agent: {0}.", string.Join(", ", healed));
            Context.Parent.Tell(new FilesHealed(healed));
        }

        if (suspects.Count > 0)
        {
            _asked = suspects;
            Context.Parent.Tell(new CheckSuspects(suspects));
        }

        Report();
        LookSoon();
    }

    private void OnRestored(FilesRestored restored)
    {
        _asked = null;
        foreach (var finding in restored.Findings)
        {
            _book.Settle(finding, Now, _time.GetUtcNow());
            if (finding.Look.Drift is not null && (finding.Repaired || finding.Suspect.IsNews || finding.Failure is not null))
            {
                _log.Warning("{0}; {1}. Applications get the deployed config from the agent all the same.", finding.Look.Reason, finding.Consequence(_settings.Repairs));
            }
        }

        Report();
        LookSoon();
    }

    private void OnDeferred()
    {
        foreach (var suspect in _asked ?? [])
        {
            _book.Suspect(suspect.Path);
        }

        _asked = null;
        Timers.StartSingleTimer(LookDue.Instance, LookDue.Instance, Settle);
    }

    private void Report()
    {
        IReadOnlyList<DriftedFile> drifted = [.. _book.Drifted.Select(known => new DriftedFile(known.Path, known.Drift!.Value.Word(), known.Reason, known.Since))];
        if (!drifted.SequenceEqual(_reported))
        {
            _reported = drifted;
            _status.Tell(new DriftReported(drifted));
        }
    }

    private sealed record BeginDue { public static readonly BeginDue Instance = new(); }

    private sealed record CheckDue { public static readonly CheckDue Instance = new(); }

    private sealed record Stirred { public static readonly Stirred Instance = new(); }

    private sealed record DrainDue { public static readonly DrainDue Instance = new(); }

    private sealed record LookDue { public static readonly LookDue Instance = new(); }
}
