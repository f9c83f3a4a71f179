using Microsoft.Data.Sqlite;
using Miru.Cloud.Devices;
using Miru.Cloud.Identity;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Hosting;

/// <summary>What lives as long as the server does, opened in order and closed in the reverse.</summary>
internal sealed class CloudState : IAsyncDisposable
{
    private readonly DataDirectory _directory;

    private CloudState(DataDirectory directory, Database database, DeviceTokens tokens, AdminKeys adminKeys, string epoch, CloudOptions options)
    {
        _directory = directory;
        Database = database;
        Tokens = tokens;
        AdminKeys = adminKeys;
        Epoch = epoch;
        Time = options.TimeProvider;
        PollInterval = options.PollInterval;
        Changes = new ChangeFeed(Time);
        Reports = new ChangeFeed(Time);
        Presence = new Presence(database, Changes, Time);
    }

    public Database Database { get; }

    public DeviceTokens Tokens { get; }

    public AdminKeys AdminKeys { get; }

    /// <summary>What the cloud changes, by device id.</summary>
    public ChangeFeed Changes { get; }

    /// <summary>What devices report, by deployment id.</summary>
    public ChangeFeed Reports { get; }

    public Presence Presence { get; }

    public TimeProvider Time { get; }

    /// <summary>What devices that poll are asked for; null leaves it to them.</summary>
    public TimeSpan? PollInterval { get; }

    /// <summary>Names this database, so that an ETag of another one never matches by accident.</summary>
    public string Epoch { get; }

    /// <exception cref="CloudStartException">The data directory or what is in it cannot be used.</exception>
    public static async Task<CloudState> OpenAsync(CloudOptions options)
    {
        var directory = DataDirectory.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = Database.Open(directory.DatabaseFile);
            var tokens = DeviceTokens.Load(directory.TokenKeyFile, options.DeviceTokenLifetime, options.TimeProvider);
            var adminKeys = await AdminKeys.LoadAsync(database, options.AdminKeys, directory.AdminKeyFile, options.TimeProvider);
            var epoch = await database.WriteAsync(ReadOrMakeEpoch);
            return new CloudState(directory, database, tokens, adminKeys, epoch, options);
        }
        catch (Exception failure)
        {
            if (database is not null)
            {
                await database.DisposeAsync();
            }

            directory.Dispose();
            if (failure is SqliteException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new CloudStartException($"Cannot use the data directory {Path.GetFullPath(options.DataDirectory)}: {failure.Message}", failure);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Presence.SaveAsync();
        await Database.DisposeAsync();
        _directory.Dispose();
    }

    private static string ReadOrMakeEpoch(SqliteConnection db)
    {
        if (db.QueryFirst("SELECT epoch FROM server", row => row.GetString(0)) is { } known)
        {
            return known;
        }

        var epoch = ResourceId.New("e")[..10];
        db.Execute("INSERT INTO server (epoch) VALUES ($epoch)", ("$epoch", epoch));
        return epoch;
    }
}
