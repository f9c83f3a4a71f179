using Miru.Agent.Configs;

namespace Miru.Agent.Notifications;

/// <summary>A fact from the store: this snapshot is durable and current. Told to the notifier, and by it to every connection.</summary>
internal sealed record SnapshotAdvanced(ConfigSnapshot Snapshot);
