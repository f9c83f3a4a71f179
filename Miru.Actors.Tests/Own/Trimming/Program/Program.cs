using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Miru.Actors.Tests.Own.Trimming;

// What needs a type by more than its name is what trimming can break: props by expression, services, settings, the default logger, streams.
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Services.AddSingleton<Greeting>();
builder.Services.AddAkka("trimmed", akka => akka
    .AddHocon(ConfigurationFactory.ParseString("akka.actor.ask-timeout = 20s"), HoconAddMode.Append)
    .WithActors((system, registry, resolver) => registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>(), "greeter"))));
using var host = builder.Build();
await host.StartAsync();

var greeter = await host.Services.GetRequiredService<IRequiredActor<Greeter>>().GetAsync();
greeter.Tell(new InvalidOperationException("the default logger tells of this"));
Console.WriteLine(await greeter.Ask<string>("world"));

var system = host.Services.GetRequiredService<ActorSystem>();
using var materializer = system.Materializer();
Console.WriteLine(await Source.From(Enumerable.Range(1, 100)).Select(number => number * 2).RunAggregate(0, (sum, number) => sum + number, materializer));

await host.StopAsync();
