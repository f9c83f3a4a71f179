namespace Quickstart;

/// <summary>Something on the way from cloud to application did not work; <see cref="Hop"/> says where.</summary>
internal sealed class HopFailedException(string hop, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Hop { get; } = hop;

    /// <summary>Runs one step and names its hop in whatever goes wrong, so that the last line a person reads says where to look.</summary>
    public static async Task<T> Naming<T>(string hop, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is not HopFailedException and not OperationCanceledException)
        {
            throw new HopFailedException(hop, e.Message, e);
        }
    }

    /// <inheritdoc cref="Naming{T}"/>
    public static Task Naming(string hop, Func<Task> step) => Naming(hop, async () =>
    {
        await step();
        return true;
    });
}
