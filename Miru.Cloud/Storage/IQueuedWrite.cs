using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>One caller's part of a transaction that several callers may share.</summary>
internal interface IQueuedWrite
{
    /// <summary>Does the work; false if it refused, and what it did must be undone.</summary>
    bool Run(SqliteConnection connection);

    /// <summary>The transaction is durable: tells the caller what its part came to.</summary>
    void Committed();

    /// <summary>Nothing of the transaction was kept.</summary>
    void Failed(Exception failure);
}
