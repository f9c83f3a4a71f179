using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments.Drift;

/// <summary>
/// Decides which files are looked at, what a look means and when something is done about it. Pure: the clock, what was found and the
/// randomness are handed in. Bounded by the number of deployed files.
/// </summary>
/// <param name="repairs">Whether files are put back.</param>
/// <param name="backoff">How long a file is left alone after something was done or said about it.</param>
internal sealed class DriftBook(bool repairs, RetryBackoff backoff, Random random)
{
    /// <summary>While a file is left alone its state is looked up this often, for the status.</summary>
    public static readonly TimeSpan LongestBlindness = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, OwnedFile> _expected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _suspects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DriftCase> _cases = new(StringComparer.Ordinal);

    /// <summary>Every directory above an expected file.</summary>
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>On which file system directories were when a deployed file was seen in them, or below them, in this life of the agent.</summary>
    private readonly Dictionary<string, ulong> _known = new(StringComparer.Ordinal);

    /// <summary>Files that are not as they were deployed.</summary>
    public IEnumerable<DriftCase> Drifted => _cases.Values.Where(known => known.Drift is not null).OrderBy(known => known.Path, StringComparer.Ordinal);

    /// <summary>When the next suspect may be looked at; null if there is none.</summary>
    public TimeSpan? NextLook => _suspects.Count == 0 ? null : _suspects.Min(LookAt);

    /// <summary>Directories in which something can happen to a deployed file, the outermost first.</summary>
    public IReadOnlyList<string> DirectoriesBelow(IReadOnlyList<string> roots) =>
    [
        .. _directories.Where(directory => roots.Any(root => directory == root || IsBelow(directory, root))).OrderBy(directory => directory.Length),
    ];

    /// <summary>
    /// These files were deployed, and no others. What was known of a file stays if it was deployed with the same bytes before; others are
    /// looked at, because nobody may have watched their directories until now.
    /// </summary>
    public void Expect(IEnumerable<OwnedFile> files)
    {
        var before = new Dictionary<string, OwnedFile>(_expected, StringComparer.Ordinal);
        _expected.Clear();
        _directories.Clear();
        foreach (var file in files)
        {
            _expected[file.Path] = file;
            _directories.UnionWith(Ancestors(file.Path));
        }

        bool IsNew(string path) => _expected.GetValueOrDefault(path) != before.GetValueOrDefault(path);
        foreach (var path in _cases.Keys.Where(IsNew).ToList())
        {
            _cases.Remove(path);
        }

        _suspects.IntersectWith(_expected.Keys);
        _suspects.UnionWith(_expected.Keys.Where(IsNew));
    }

    /// <summary>Something happened to this path: a file, or a directory above files.</summary>
    public void Suspect(string path)
    {
        if (_expected.ContainsKey(path))
        {
            _suspects.Add(path);
        }
        else if (_directories.Contains(path))
        {
            _suspects.UnionWith(_expected.Keys.Where(file => IsBelow(file, path)));
        }
    }

    public void SuspectAll() => _suspects.UnionWith(_expected.Keys);

    /// <summary>The next files to look at. They are no suspects any more.</summary>
    public IReadOnlyList<OwnedFile> Take(TimeSpan now, int most)
    {
        var taken = _suspects.Where(path => LookAt(path) <= now).Take(most).Select(path => _expected[path]).ToList();
        _suspects.ExceptWith(taken.Select(file => file.Path));
        return taken;
    }

    /// <summary>What this look at a file asks for.</summary>
    /// <param name="suspect">What the store is to check, if it is.</param>
    public DriftStep Judge(string path, FileLook look, TimeSpan now, DateTimeOffset today, out SuspectFile? suspect)
    {
        suspect = null;
        var known = _cases.GetValueOrDefault(path);
        if (look.Drift is null)
        {
            Learn(look.Places);
            return Heal(known, now) ? DriftStep.Healed : DriftStep.None;
        }

        var seen = Place(look);
        if (known is not null)
        {
            var since = known.Drift is null ? today : known.Since;
            known = _cases[path] = known with { Drift = seen.Drift, Digest = seen.Digest, Reason = seen.Reason, Since = since };
        }

        var isNews = known?.Told != (seen.Drift!.Value, seen.Digest);
        var mayRepair = repairs && MayRepair(seen);
        if (!isNews && !mayRepair)
        {
            return DriftStep.None;
        }

        if (known is not null && now < known.ActAt)
        {
            // Something keeps changing it: it is watched, and left alone for a while.
            Revisit(path, now);
            return DriftStep.None;
        }

        suspect = new SuspectFile(path, seen, mayRepair, isNews);
        return DriftStep.Check;
    }

    /// <summary>What a check has found and done.</summary>
    public void Settle(FileFinding finding, TimeSpan now, DateTimeOffset today)
    {
        var path = finding.Suspect.Path;
        if (!_expected.ContainsKey(path))
        {
            return;
        }

        var known = _cases.GetValueOrDefault(path);
        if (finding.Look.Drift is null)
        {
            Learn(finding.Look.Places);
            Heal(known, now);
            return;
        }

        if (finding.Repaired)
        {
            Learn(finding.Look.Places);
        }

        var attempts = (known is null || known.IsQuiet(now) ? 0 : known.Attempts) + 1;
        var wait = finding.Failure is { } failure ? backoff.After(attempts, failure, random) : backoff.After(attempts, random);
        var seen = Place(finding.Look);
        var since = known?.Drift is null ? today : known.Since;
        _cases[path] = new DriftCase(path, finding.Repaired ? null : seen.Drift, seen.Digest, finding.Failure?.Message ?? seen.Reason, since)
        {
            Told = finding.Repaired ? null : (seen.Drift!.Value, seen.Digest),
            Attempts = attempts,
            Wait = wait,
            ActAt = now + wait,
        };
        if (finding.Suspect.MayRepair && !finding.Repaired)
        {
            Revisit(path, now);
        }
    }

    /// <summary>Looks again by itself when something may be done, and for the status once in a while until then.</summary>
    private void Revisit(string path, TimeSpan now)
    {
        var known = _cases[path];
        var soon = now + LongestBlindness;
        _cases[path] = known with { LookAt = known.ActAt < soon ? known.ActAt : soon };
        _suspects.Add(path);
    }

    /// <returns>Whether a drift that was told of is over.</returns>
    private bool Heal(DriftCase? known, TimeSpan now)
    {
        if (known is null)
        {
            return false;
        }

        if (known.Drift is null && known.IsQuiet(now))
        {
            _cases.Remove(known.Path);
        }
        else
        {
            _cases[known.Path] = known with { Drift = null, Told = null };
        }

        return known.Told is not null;
    }

    private void Learn(IReadOnlyList<DirectoryPlace> places)
    {
        foreach (var place in places)
        {
            _known[place.Path] = place.Device;
        }
    }

    /// <summary>The look in the light of where the directories were before.</summary>
    private FileLook Place(FileLook look)
    {
        var moved = look.Places.Where(place => _known.TryGetValue(place.Path, out var device) && device != place.Device).Select(place => place.Path).FirstOrDefault();
        return moved is null ? look : look with
        {
            Drift = DriftKind.Unreachable,
            Reason = $"{look.Reason}, and another file system than before is mounted at '{moved}'",
        };
    }

    /// <summary>
    /// A changed file says by itself that it is the one. A missing one may be on a disk that is not mounted: it is put back only into a
    /// directory in which, or below which, a deployed file was seen before.
    /// </summary>
    private bool MayRepair(FileLook look) => look.Drift switch
    {
        DriftKind.Changed => true,
        DriftKind.Missing => _known.ContainsKey(look.Places[^1].Path),
        _ => false,
    };

    private TimeSpan LookAt(string path) => _cases.TryGetValue(path, out var known) ? known.LookAt : TimeSpan.Zero;

    private static bool IsBelow(string path, string directory) => path.StartsWith(directory + "/", StringComparison.Ordinal);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is { Length: > 1 }; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
