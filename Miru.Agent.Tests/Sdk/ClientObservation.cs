using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>Waiting for what a client does, with an end to patience.</summary>
internal static class ClientObservation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task<MiruStateChangedEventArgs> ReachesAsync(this MiruClient client, MiruConnectionState state)
    {
        var next = new TaskCompletionSource<MiruStateChangedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.StateChanged += (_, change) =>
        {
            // Told later than it happens: an earlier change may still be on its way.
            if (change.State == state)
            {
                next.TrySetResult(change);
            }
        };
        return next.Task.WaitAsync(Patience);
    }

    public static async Task<TResult> NextAsync<TItem, TResult>(
        this IAsyncEnumerator<TItem> items, Func<TItem, TResult> select)
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Patience));
        return select(items.Current);
    }
}
