using Microsoft.Data.Sqlite;
using Miru.Agent.Tests.Doubles;
using Miru.Cloud.Devices;
using Miru.Cloud.Storage;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class DatabaseTests : IAsyncDisposable
{
    private readonly TestDatabase _test = new();
    private readonly Database _database;

    public DatabaseTests() => _database = _test.Opened;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together()
    {
        Task first = Task.CompletedTask;
        Task<(int Own, int Durable)> second = null!;
        await _database.WriteAsync(_ =>
        {
            first = _database.WriteAsync(db => Add(db, "first"));
            second = _database.WriteAsync(db => (Devices(db), _database.Read(Devices)));
        });

        await first;
        Assert.Equal((1, 0), await second);
    }

    [Fact]
    public async Task A_write_that_refuses_is_undone_alone()
    {
        Task first = Task.CompletedTask, refused = Task.CompletedTask, last = Task.CompletedTask;
        await _database.WriteAsync(_ =>
        {
            first = _database.WriteAsync(db => Add(db, "first"));
            refused = _database.WriteAsync(db =>
            {
                Add(db, "refused");
                throw new InvalidOperationException("no");
            });
            last = _database.WriteAsync(db => Add(db, "last"));
        });

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        await last;
        Assert.Equal(["first", "last"], _database.Read(db => db.Query("SELECT name FROM devices ORDER BY name", row => row.GetString(0))));
    }

    [Fact]
    public async Task A_failure_that_undoes_the_transaction_is_told_to_all_that_share_it()
    {
        Task first = Task.CompletedTask, fatal = Task.CompletedTask;
        await _database.WriteAsync(_ =>
        {
            first = _database.WriteAsync(db => Add(db, "first"));
            fatal = _database.WriteAsync(db =>
            {
                db.Execute("ROLLBACK");
                throw new InvalidOperationException("the disk is full");
            });
        });

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => fatal);
        Assert.Equal(0, _database.Read(Devices));
        await _database.WriteAsync(db => Add(db, "later"));
        Assert.Equal(1, _database.Read(Devices));
    }

    [Fact]
    public async Task Closing_folds_the_log_into_the_file()
    {
        using var directory = new TemporaryDirectory();
        var database = Database.Open(directory.File("closed.db"));
        await database.WriteAsync(db => Add(db, "robot-1"));
        database.Read(Devices);

        await database.DisposeAsync();

        Assert.Equal([directory.File("closed.db")], Directory.GetFiles(directory.FullName));
    }

    private static void Add(SqliteConnection db, string name) => db.AddDevice(name, DateTimeOffset.UnixEpoch);

    private static int Devices(SqliteConnection db) => db.AllDeviceIds().Count;
}
