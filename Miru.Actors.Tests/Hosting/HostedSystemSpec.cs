using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Hosting;
using Akka.TestKit.TestActors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Miru.Actors.Tests.Hosting;

/// <summary>A system in a host.</summary>
public class HostedSystemSpec
{
    [Fact]
    public async Task Starts_with_the_host_and_ends_with_it()
    {
        var host = Host(builder => builder.WithActors((system, registry) => registry.Register<BlackHoleActor>(system.ActorOf<BlackHoleActor>("hole"))));
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal("test", system.Name);
        Assert.Equal("hole", host.Services.GetRequiredService<IRequiredActor<BlackHoleActor>>().ActorRef.Path.Name);
        await host.StopAsync();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Ends_the_host_when_the_system_ends()
    {
        using var host = Host(_ => { });
        await host.StartAsync();
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await host.StopAsync();
    }

    [Fact]
    public async Task Ends_the_host_when_starting_fails()
    {
        using var host = Host(builder => builder.AddStartup((_, _) => throw new InvalidOperationException("on purpose")));
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        // Earlier releases of Akka.Hosting ask the host to stop, later ones let the failure out of its start: it does not go on in either.
        var failure = await Record.ExceptionAsync(() => host.StartAsync());
        Assert.True(failure is InvalidOperationException { Message: "on purpose" } || lifetime.ApplicationStopping.IsCancellationRequested);
        await host.StopAsync();
    }

    [Fact]
    public async Task Starts_actors_in_order_and_runs_startup_tasks_after_them()
    {
        var steps = new ConcurrentQueue<string>();
        using var host = Host(builder => builder
            .AddStartup((_, _) => steps.Enqueue("task"))
            .WithActors((_, _) => steps.Enqueue("first"))
            .WithActors(async (_, _) => { await Task.Yield(); steps.Enqueue("second"); }));
        await host.StartAsync();
        Assert.Equal(["first", "second", "task"], steps);
        await host.StopAsync();
    }

    [Fact]
    public async Task Makes_actors_from_services_and_arguments()
    {
        using var host = Host(
            builder => builder.WithActors((system, registry, resolver) => registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("Hello"), "greeter"))),
            services => services.AddSingleton(new Punctuation("!")));
        await host.StartAsync();
        var greeter = await host.Services.GetRequiredService<IRequiredActor<Greeter>>().GetAsync();
        Assert.Equal("Hello world!", await greeter.Ask<string>("world", TimeSpan.FromSeconds(5)));
        await host.StopAsync();
    }

    [Fact]
    public async Task Stacks_settings_as_the_mode_says()
    {
        using var host = Host(builder => builder
            .AddHocon("x = 1, y = 1", HoconAddMode.Append)
            .AddHocon("x = 2, z = 2", HoconAddMode.Append)
            .AddHocon("y = 3", HoconAddMode.Prepend));
        await host.StartAsync();
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;
        Assert.Equal((1, 3, 2), (config.GetInt("x"), config.GetInt("y"), config.GetInt("z")));
        await host.StopAsync();
    }

    [Fact]
    public async Task Lets_the_host_log_what_actors_log()
    {
        var lines = new Lines();
        using var host = Host(
            builder => builder.ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory().LogLevel = Akka.Event.LogLevel.WarningLevel),
            services => services.AddLogging(logging => logging.AddProvider(lines)));
        await host.StartAsync();
        var log = Logging.GetLogger(host.Services.GetRequiredService<ActorSystem>(), typeof(HostedSystemSpec));
        log.Info("too quiet");
        log.Error(new InvalidOperationException("cause"), "loud {0}", 1);
        await host.StopAsync();
        var line = Assert.Single(lines.Written, written => written.Contains("loud 1"));
        Assert.StartsWith("Error", line);
        Assert.Contains("cause", line);
        Assert.DoesNotContain(lines.Written, written => written.Contains("too quiet"));
    }

    private static IHost Host(Action<AkkaConfigurationBuilder> configure, Action<IServiceCollection> services = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        services?.Invoke(builder.Services);
        builder.Services.AddAkka("test", akka =>
        {
            akka.ConfigureLoggers(loggers => loggers.ClearLoggers());
            configure(akka);
        });
        return builder.Build();
    }

    private sealed class Punctuation(string mark)
    {
        public string Mark { get; } = mark;
    }

    private sealed class Greeter : ReceiveActor
    {
        public Greeter(string greeting, Punctuation punctuation) => Receive<string>(name => Sender.Tell($"{greeting} {name}{punctuation.Mark}"));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable BeginScope<TState>(TState state) => null;

        public bool IsEnabled(HostLevel logLevel) => true;

        public void Log<TState>(HostLevel logLevel, EventId eventId, TState state, Exception exception, Func<TState, Exception, string> formatter) =>
            Written.Enqueue($"{logLevel} {formatter(state, exception)} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
