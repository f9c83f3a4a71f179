using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Collects what the system of a host is made of: settings, setups, actors to start, tasks to run afterwards.</summary>
public sealed class AkkaConfigurationBuilder
{
    private readonly string _actorSystemName;
    private readonly IServiceCollection _services;
    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private readonly List<IExtensionId> _extensions = [];

    /// <summary>What the system is made with besides its configuration.</summary>
    public readonly HashSet<Setup> Setups = [];

    /// <summary>An empty builder.</summary>
    public AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
    {
        _services = serviceCollection;
        _actorSystemName = actorSystemName;
    }

    /// <summary>The settings so far.</summary>
    public Option<Config> Configuration { get; private set; } = Option<Config>.None;

    /// <summary>Where the system logs to besides its loggers; null if nowhere.</summary>
    internal Func<IServiceProvider, ILoggerFactory> LoggerFactory { get; set; }

    /// <summary>Starts actors, in the order in which they were added.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) => StartActors((system, registry, _) => starter(system, registry));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})" />
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) => StartActors((ActorStarterWithResolver)((system, registry, resolver) =>
    {
        starter(system, registry, resolver);
        return Task.CompletedTask;
    }));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})" />
    public AkkaConfigurationBuilder StartActors(ActorStarter starter) => StartActors((ActorStarterWithResolver)((system, registry, _) => starter(system, registry)));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})" />
    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        _starters.Add(starter);
        return this;
    }

    /// <summary>Runs a task after all actors were started.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => AddStartup((StartupTask)((system, registry) =>
    {
        startupTask(system, registry);
        return Task.CompletedTask;
    }));

    /// <summary>Runs a task after all actors were started.</summary>
    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        _startupTasks.Add(startupTask);
        return this;
    }

    /// <summary>Starts an extension with the system.</summary>
    public AkkaConfigurationBuilder WithExtension<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>() where T : IExtensionId
    {
        _extensions.Add(Activator.CreateInstance<T>());
        return this;
    }

    internal void Stack(Config hocon, HoconAddMode mode) => Configuration = mode switch
    {
        HoconAddMode.Append when Configuration.HasValue => Configuration.Value.WithFallback(hocon),
        HoconAddMode.Prepend when Configuration.HasValue => hocon.WithFallback(Configuration.Value),
        _ => hocon,
    };

    /// <summary>Registers the services that every host with actors has; each is made when first asked for.</summary>
    internal void Bind()
    {
        _services.AddSingleton(CreateSystem);
        _services.AddSingleton(provider => ActorRegistry.For(provider.GetRequiredService<ActorSystem>()));
        _services.AddSingleton<IActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        _services.AddSingleton<IReadOnlyActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        _services.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
    }

    internal async Task StartAsync(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        var resolver = DependencyResolver.For(system).Resolver;
        foreach (var extension in _extensions) system.RegisterExtension(extension);
        foreach (var start in _starters) await start(system, registry, resolver).ConfigureAwait(false);
        foreach (var run in _startupTasks) await run(system, registry).ConfigureAwait(false);
    }

    private static ActorSystem CreateSystem(IServiceProvider provider)
    {
        // Asking for the builder runs what the application configures.
        var builder = provider.GetRequiredService<AkkaConfigurationBuilder>();
        if (builder.LoggerFactory is { } factory) builder.Setups.Add(new LogSinkSetup(new LoggerFactorySink(factory(provider))));
        var setup = BootstrapSetup.Create().WithConfig(builder.Configuration.GetOrElse(Config.Empty)).And(DependencyResolverSetup.Create(provider));
        return ActorSystem.Create(builder._actorSystemName, builder.Setups.Aggregate(setup, (all, next) => all.And(next)));
    }
}
