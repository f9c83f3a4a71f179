using System.Globalization;

namespace Miru.Agent.Configs;

/// <summary>
/// What happens to a damaged store: a successor is made of what is good in a copy of it, then the original is set aside, then the
/// successor takes its name. A crash at any point leaves the original in its place or the finished successor; see
/// <see cref="FinishInterrupted"/>.
/// </summary>
/// <param name="Damage">What was found.</param>
/// <param name="KeptIn">Where the damaged files are.</param>
/// <param name="KeptStores">How many damaged stores are kept by now.</param>
/// <param name="LostConfigs">Current configs that could not be recovered; they are not served until they are fetched again.</param>
internal sealed record StoreRecovery(string Damage, string KeptIn, int KeptStores, IReadOnlyList<string> LostConfigs)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="StoreException">The disk does not let it: nothing is lost by trying again.</exception>
    public static StoreRecovery Run(StoreSettings settings, TimeProvider time, StoreDamageException damage)
    {
        var files = settings.Files;
        try
        {
            var keptIn = PlaceFor(files, time.GetUtcNow());
            var lost = Salvage(settings, time, $"{damage.Message}; kept in {keptIn}");
            SetAside(files, keptIn);
            StateFiles.Rename(files.Successor, files.Database);
            StateFiles.SyncDirectory(files.Directory);
            return new StoreRecovery(damage.Message, keptIn, Directory.GetDirectories(files.Quarantine).Length, lost);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new StoreException($"The store in '{files.Directory}' is damaged ({damage.Message}) and cannot be recovered now: {failure.Message.TrimEnd('.')}. Check the free space and the health of its disk.", failure);
        }
    }

    /// <summary>Goes on where a crash stopped a recovery: the successor is complete once the original is out of its place.</summary>
    public static void FinishInterrupted(StoreFiles files)
    {
        if (!File.Exists(files.Database) && File.Exists(files.Successor))
        {
            // What SQLite kept beside the original goes where the original went: the last place that was made.
            var keptIn = Directory.Exists(files.Quarantine) ? Directory.GetDirectories(files.Quarantine).Max(StringComparer.Ordinal) : null;
            if (keptIn is not null)
            {
                SetAside(files, keptIn);
            }

            StateFiles.Rename(files.Successor, files.Database);
            StateFiles.SyncDirectory(files.Directory);
        }
        else if (File.Exists(files.Successor))
        {
            Discard(files);
        }
    }

    private static IReadOnlyList<string> Salvage(StoreSettings settings, TimeProvider time, string story)
    {
        var files = settings.Files;
        Discard(files);
        Directory.CreateDirectory(files.Copies, Private);
        foreach (var file in StoreFiles.Of(files.Database).Where(File.Exists))
        {
            File.Copy(file, Path.Combine(files.Copies, Path.GetFileName(file)));
        }

        using var mark = StoreMark.Open(files.Mark);
        IReadOnlyList<string> lost;
        using (var successor = ConfigDatabase.Open(files.Successor))
        {
            successor.TrustLog(isSound: true);
            StoreSalvage.CopyIntact(Path.Combine(files.Copies, Path.GetFileName(files.Database)), files.Successor, successor);
            lost = new SuccessorStore(successor, time, settings).Begin(mark.Commits, story);
        }

        Directory.Delete(files.Copies, recursive: true);
        return lost;
    }

    /// <summary>A place of its own for each damaged store, named by time; the number keeps two of one second apart.</summary>
    private static string PlaceFor(StoreFiles files, DateTimeOffset now)
    {
        Directory.CreateDirectory(files.Quarantine, Private);
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var number = Directory.GetDirectories(files.Quarantine).Length + 1;
        string place;
        do
        {
            place = Path.Combine(files.Quarantine, string.Create(CultureInfo.InvariantCulture, $"{number++:d4}-{stamp}"));
        }
        while (Directory.Exists(place));
        return place;
    }

    private static void SetAside(StoreFiles files, string place)
    {
        Directory.CreateDirectory(place, Private);
        foreach (var file in StoreFiles.Of(files.Database).Where(File.Exists))
        {
            StateFiles.Rename(file, Path.Combine(place, Path.GetFileName(file)));
        }

        StateFiles.SyncDirectory(place);
        StateFiles.SyncDirectory(files.Quarantine);
        StateFiles.SyncDirectory(files.Directory);
    }

    /// <summary>Left-overs of a recovery that did not get far: made by us, from an original that is still there.</summary>
    private static void Discard(StoreFiles files)
    {
        foreach (var file in StoreFiles.Of(files.Successor))
        {
            File.Delete(file);
        }

        if (Directory.Exists(files.Copies))
        {
            Directory.Delete(files.Copies, recursive: true);
        }
    }
}
