using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <inheritdoc/>
internal sealed class QueuedWrite<T>(Func<SqliteConnection, T> work) : IQueuedWrite
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _refusal;
    private T _result = default!;

    /// <summary>Completes once the result is durable, or with what the work threw.</summary>
    public Task<T> Outcome => _outcome.Task;

    public bool Run(SqliteConnection connection)
    {
        try
        {
            _result = work(connection);
            return true;
        }
        catch (Exception refusal)
        {
            _refusal = refusal;
            return false;
        }
    }

    public void Committed()
    {
        if (_refusal is null)
        {
            _outcome.SetResult(_result);
        }
        else
        {
            _outcome.SetException(_refusal);
        }
    }

    public void Failed(Exception failure) => _outcome.SetException(_refusal ?? failure);
}
