using Microsoft.Data.Sqlite;
using Miru.Agent.Hosting;

namespace Miru.Agent.Configs;

/// <summary><c>miru-agent rollback</c>: through the running agent, or in its store where none runs. Needs no cloud.</summary>
internal sealed class RollbackCommand(StoreSettings settings, TimeProvider time, TextWriter output, TextWriter error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Carries it out.</summary>
    /// <param name="to">A deployment's id or a sequence; null for the deployment before the current one.</param>
    /// <param name="list">Only show what there is.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string? to, bool list, CancellationToken stop)
    {
        if (!File.Exists(settings.Files.Database))
        {
            return Complain($"There is no store in '{settings.Directory}', or this user may not look. Run it as root or as the agent's user, with the agent's --config.");
        }

        try
        {
            if (list)
            {
                return List();
            }

            var request = new RollbackRequest(Guid.NewGuid().ToString("n"), to);
            using var taken = StateDirectoryLock.TryTake(settings.Directory);
            return taken is null ? await AskAgentAsync(request, stop) : InStore(request);
        }
        catch (Exception failure) when (failure is StoreException or StoreDamageException or SqliteException or IOException or UnauthorizedAccessException)
        {
            return Complain(failure switch
            {
                StoreDamageException => $"The store in '{settings.Directory}' is damaged: {failure.Message}. Start the agent, which recovers what is good of it.",
                SqliteException => $"The store in '{settings.Directory}' refuses: {failure.Message.TrimEnd('.')}. Check the free space and the health of its disk; nothing was rolled back.",
                _ => failure.Message,
            });
        }
    }

    private int List()
    {
        foreach (var generation in StoreReader.Generations(settings))
        {
            var state = (generation.IsCurrent, generation.Hold, generation.IsComplete) switch
            {
                (true, DeploymentHold.Pinned, _) => "current, rolled back to",
                (true, _, _) => "current",
                (_, DeploymentHold.Pinned, _) => "being rolled back to",
                (_, DeploymentHold.Held, _) => "rolled back from",
                (_, _, false) => "incomplete",
                _ => "",
            };
            output.WriteLine($"{generation.Sequence,8}  {generation.DeploymentId}  {generation.Release}  {state}".TrimEnd());
        }

        return ExitCodes.Success;
    }

    private int InStore(RollbackRequest request)
    {
        using var ledger = ConfigLedger.OpenAsIs(settings, time);
        return Say(ledger.Rollback(request.To, request.Id), " It takes effect when the agent starts.");
    }

    private async Task<int> AskAgentAsync(RollbackRequest request, CancellationToken stop)
    {
        var mailbox = new RollbackMailbox(settings.Directory);
        mailbox.Post(request);
        if (!RunningAgent.Nudge(settings.Directory))
        {
            return Complain("The request is left in the state directory, but the running agent cannot be told. Run this as root or as the agent's user, or restart the agent, which then looks.");
        }

        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < Patience;)
        {
            if (mailbox.AnswerTo(request.Id) is { } result)
            {
                return Say(result, "");
            }

            await Task.Delay(LookAgain, time, stop);
        }

        return Complain("The agent has not answered. It carries the request out as soon as it can; see --list.");
    }

    private int Say(RollbackResult result, string outlook)
    {
        if (result.DeploymentId is null)
        {
            return Complain(result.Message);
        }

        output.WriteLine(result.Message + outlook);
        return ExitCodes.Success;
    }

    private int Complain(string message)
    {
        error.WriteLine($"miru-agent: {message}");
        return ExitCodes.Failed;
    }
}
