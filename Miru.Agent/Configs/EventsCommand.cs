using System.Globalization;
using Miru.Agent.Deployments;
using Miru.Agent.Hosting;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Configs;

/// <summary><c>miru-agent events</c>: the event log, read beside the agent or without one. Changes nothing.</summary>
internal sealed class EventsCommand(StoreSettings settings, TimeProvider time, TextWriter output, TextWriter error)
{
    /// <summary>Most lines in one answer.</summary>
    public const int Most = 1000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Writes the lines, oldest first.</summary>
    /// <param name="follow">Go on until <paramref name="stop"/>.</param>
    /// <param name="json">One object on each line, for programs.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(EventQuery query, bool follow, bool json, CancellationToken stop)
    {
        if (!File.Exists(settings.Files.Database))
        {
            return Complain($"There is no store in '{settings.Directory}', or this user may not look. Run this as root or as the agent's user, with the agent's --config.");
        }

        var next = query;
        try
        {
            while (true)
            {
                var events = StoreReader.Events(settings, next);
                foreach (var happened in events)
                {
                    await output.WriteLineAsync(json ? Json(happened) : Text(happened));
                }

                if (!follow)
                {
                    return ExitCodes.Success;
                }

                next = query with { Most = Most, After = events.Count > 0 ? events[^1].Id : next.After ?? 0 };
                if (events.Count < Most)
                {
                    await Task.Delay(LookAgain, time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (StoreDamageException damage)
        {
            return Complain($"The store in '{settings.Directory}' is damaged: {damage.Message}. Start the agent, which recovers what is good of it.");
        }
        catch (StoreException unreadable)
        {
            // An agent of another version has taken the store over, say.
            return Complain(ReferenceEquals(next, query) ? unreadable.Message : $"{unreadable.Message} To go on where this ends, add --after {next.After}.");
        }
    }

    /// <summary>A detail may hold what a server said: on a terminal it stays one line of text.</summary>
    private static string Text(StoreEvent happened)
    {
        var sequence = happened.Sequence is { } number ? $"sequence {number}" : "";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{happened.Id,6}  {happened.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {happened.Kind.Word(),-16}  {string.Join("  ", new[] { happened.DeploymentId, sequence, happened.Detail }.Where(part => !string.IsNullOrEmpty(part)))}");
        return string.Concat(line.TrimEnd().Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static string Json(StoreEvent happened) => new JObject
    {
        ["id"] = happened.Id,
        ["at"] = happened.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["kind"] = happened.Kind.Word(),
        ["deployment_id"] = happened.DeploymentId,
        ["sequence"] = happened.Sequence,
        ["detail"] = happened.Detail,
    }.ToString(Formatting.None);

    private int Complain(string message)
    {
        error.WriteLine($"miru-agent: {message}");
        return ExitCodes.Failed;
    }
}
