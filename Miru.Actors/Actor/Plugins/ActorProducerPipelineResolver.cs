using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The plugins of a system, in the order in which each new instance passes them. One of a type; a plugin that fails is logged and passed over.</summary>
public class ActorProducerPipelineResolver
{
    private readonly Func<ILoggingAdapter> _log;
    private ImmutableArray<IActorProducerPlugin> _plugins = [];

    /// <summary>No plugins yet; failures of those to come go to the log that <paramref name="logBuilder"/> gives.</summary>
    public ActorProducerPipelineResolver(Func<ILoggingAdapter> logBuilder) => _log = logBuilder;

    /// <summary>How many there are.</summary>
    public int TotalPluginCount => _plugins.Length;

    /// <summary>True when there is one of this plugin's type.</summary>
    public bool IsRegistered(IActorProducerPlugin plugin) => _plugins.Any(other => other.GetType() == plugin.GetType());

    /// <summary>Puts a plugin behind the others; false when there is one of its type.</summary>
    public bool Register(IActorProducerPlugin plugin) => Change(plugins => IsRegistered(plugin) ? plugins : plugins.Add(plugin));

    /// <summary>Puts a plugin before the one at <paramref name="index"/>; false when there is one of its type.</summary>
    public bool Insert(int index, IActorProducerPlugin plugin) => Change(plugins => IsRegistered(plugin) ? plugins : plugins.Insert(index, plugin));

    /// <summary>Takes the plugin of this type away; false when there is none.</summary>
    public bool Unregister(IActorProducerPlugin plugin) => Change(plugins => plugins.RemoveAll(other => other.GetType() == plugin.GetType()));

    internal void AfterIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins) Apply(plugin, static (p, a, c) => p.AfterIncarnated(a, c), actor, context);
    }

    internal void BeforeIncarnated(ActorBase actor, IActorContext context)
    {
        foreach (var plugin in _plugins) Apply(plugin, static (p, a, c) => p.BeforeIncarnated(a, c), actor, context);
    }

    private void Apply(IActorProducerPlugin plugin, Action<IActorProducerPlugin, ActorBase, IActorContext> hook, ActorBase actor, IActorContext context)
    {
        try
        {
            if (plugin.CanBeAppliedTo(actor.GetType())) hook(plugin, actor, context);
        }
        catch (Exception failure)
        {
            _log().Log(LogLevel.ErrorLevel, failure, $"The plugin {plugin.GetType()} failed for an actor of type {actor.GetType()}");
        }
    }

    private bool Change(Func<ImmutableArray<IActorProducerPlugin>, ImmutableArray<IActorProducerPlugin>> change) => ImmutableInterlocked.Update(ref _plugins, change);
}
