using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments.Drift;

/// <summary>
/// Looks again at files that seemed to have drifted, while no apply is under way, and puts them back where that is wanted: staged, synced and
/// renamed like a deployment's, with somebody's change kept beside them.
/// </summary>
internal sealed class FileRestorer(IFileSystem files, FileRules rules)
{
    private readonly FileInspector _inspector = new(files, rules);
    private readonly FileStaging _staging = new(files, rules);
    private readonly FileSwitch _switch = new(files, rules);

    /// <param name="notices">Gets what owners of files should hear.</param>
    public FileFinding Run(SuspectFile suspect, WantedFile wanted, ICollection<FileNotice> notices)
    {
        var ours = new OwnedFile(wanted.Path, wanted.Digest);
        var look = _inspector.Look([ours])[0];

        // A directory that came or went since the suspicion is another matter; the next look finds it.
        if (look.Drift is not (DriftKind.Changed or DriftKind.Missing) || !suspect.MayRepair || !look.Places.SequenceEqual(suspect.Look.Places))
        {
            return new FileFinding(suspect, look, Repaired: false, null);
        }

        try
        {
            var plan = _staging.Stage([wanted], [ours], notices);
            _switch.Run(plan, new Dictionary<string, ReadOnlyMemory<byte>> { [wanted.Digest] = wanted.Content }, verify: false, notices);
            return new FileFinding(suspect, look, Repaired: true, null);
        }
        catch (IOException failure)
        {
            return new FileFinding(suspect, look, Repaired: false, failure);
        }
    }
}
