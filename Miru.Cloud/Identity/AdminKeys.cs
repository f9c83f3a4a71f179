using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Identity;

/// <summary>Who may use the admin API. Keys are kept as hashes.</summary>
internal sealed class AdminKeys
{
    private readonly List<byte[]> _hashes;

    private AdminKeys(List<byte[]> hashes, string? generatedFile)
    {
        _hashes = hashes;
        GeneratedFile = generatedFile;
    }

    /// <summary>Where a key that had to be made at this start was written; null if there was one.</summary>
    public string? GeneratedFile { get; }

    /// <param name="given">Replaces every known key, so that handing in others is how a leaked one is revoked.</param>
    /// <param name="file">Where a key is written if none is given and none is known.</param>
    public static async Task<AdminKeys> LoadAsync(Database database, IReadOnlyCollection<string>? given, string file, TimeProvider time)
    {
        var known = database.Read(db => db.Query("SELECT hash FROM admin_keys", row => (byte[])row["hash"]));
        if (given is null && known.Count > 0)
        {
            return new AdminKeys(known, generatedFile: null);
        }

        var keys = given ?? [Secret.New("miru_admin")];
        if (given is null)
        {
            SecretFile.Write(file, Encoding.ASCII.GetBytes(keys.Single() + "\n"));
        }

        List<byte[]> hashes = [.. keys.Distinct().Select(Secret.Hash)];
        await database.WriteAsync(db => Replace(db, hashes, time.GetUtcNow()));
        return new AdminKeys(hashes, given is null ? file : null);
    }

    /// <exception cref="ApiException">401.</exception>
    public void Require(HttpContext context)
    {
        var hash = Secret.Hash(Bearer.Require(context, "admin key"));
        var match = false;
        foreach (var known in _hashes)
        {
            match |= CryptographicOperations.FixedTimeEquals(known, hash);
        }

        if (!match)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.AdminKeyInvalid, "The admin key is wrong; it was given by --admin-key-file or is in admin.key in the data directory.");
        }
    }

    private static void Replace(SqliteConnection db, List<byte[]> hashes, DateTimeOffset now)
    {
        db.Execute("DELETE FROM admin_keys");
        foreach (var hash in hashes)
        {
            db.Execute("INSERT INTO admin_keys (hash, created_at) VALUES ($hash, $now)", ("$hash", hash), ("$now", now));
        }
    }
}
