using Akka.Event;

namespace Miru.Agent.Configs;

/// <summary>
/// The first start on a robot that ran the agent written in Rust: what that one had in place is taken over as if the cloud had named it, so
/// it passes by no rule, and files that are as they should be stay.
/// </summary>
internal static class ChangeOver
{
    /// <summary>Whether something was taken over; it is still to be applied.</summary>
    public static bool Run(PublishedStore store, StoreSettings settings, ILoggingAdapter log)
    {
        try
        {
            return store.Ledger.IsUntouched && RustAgentStore.Read(settings.Directory, settings.MaxConfigSize) is { } found && Adopt(found, store, log);
        }
        catch (IOException unusable)
        {
            log.Warning("The configs of the agent that ran here before cannot be taken over, and come from the cloud: {0}.", unusable.Message.TrimEnd('.'));
            return false;
        }
    }

    private static bool Adopt(AdoptedDeployment found, PublishedStore store, ILoggingAdapter log)
    {
        var (deployment, contents) = found;
        log.Info("Taking over deployment {0} ({1}) with {2} configs from the agent that ran here before.", deployment.Id, deployment.Release, contents.Count);
        return store.Try(() =>
        {
            foreach (var content in contents)
            {
                store.Ledger.KeepContent(content);
            }

            store.Ledger.Merge([deployment]);
        });
    }
}
