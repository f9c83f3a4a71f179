namespace Miru.Cloud.Hosting;

/// <summary>Leaves signals to the program that embeds the server; the default lifetime would catch its Ctrl+C.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
