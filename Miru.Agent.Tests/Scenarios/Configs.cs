using System.Text;
using Miru.Sdk;
using Quickstart;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>Configs that the scenarios publish, and the waits for their arrival.</summary>
internal static class Configs
{
    public static ConfigFile Motion(int speed) => Json("motion-control", $$"""{ "max_speed": {{speed}} }""");

    public static ConfigFile Json(string slug, string text) => new($"{slug}.json", Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a watch until the content of <paramref name="file"/> is current.</summary>
    public static async Task<MiruConfig> HasAsync(this MiruClient application, ConfigFile file, CancellationToken deadline)
    {
        await foreach (var config in application.WatchAsync(file.Slug, deadline))
            if (config.Content.Span.SequenceEqual(file.Content))
                return config;
        throw new InvalidOperationException("the client was disposed");
    }

    /// <summary>Waits until the slug is gone from the application's snapshot.</summary>
    public static async Task LacksAsync(this MiruClient application, string slug, CancellationToken deadline)
    {
        await foreach (var change in application.WatchChangesAsync(slug, deadline))
            if (change.IsRemoved)
                return;
    }

    /// <summary>Waits until the client is, or is no longer, in step with its agent.</summary>
    public static async Task StateIsAsync(this MiruClient application, Predicate<MiruConnectionState> wanted, CancellationToken deadline)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, MiruStateChangedEventArgs change)
        {
            if (wanted(change.State))
                reached.TrySetResult();
        }
        application.StateChanged += Look;
        try
        {
            if (!wanted(application.State))
                await reached.Task.WaitAsync(deadline);
        }
        finally
        {
            application.StateChanged -= Look;
        }
    }
}
