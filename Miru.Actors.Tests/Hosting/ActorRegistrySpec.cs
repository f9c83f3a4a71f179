using Akka.Actor;
using Akka.Hosting;
using Xunit;

namespace Miru.Actors.Tests.Hosting;

/// <summary>Well-known actors.</summary>
public class ActorRegistrySpec : Akka.TestKit.Xunit2.TestKit
{
    private ActorRegistry Registry => ActorRegistry.For(Sys);

    [Fact]
    public void Is_one_per_system() => Assert.Same(ActorRegistry.For(Sys), ActorRegistry.For(Sys));

    [Fact]
    public void Finds_what_was_registered()
    {
        Registry.Register<Key>(TestActor);
        Assert.Equal(TestActor, Registry.Get<Key>());
        Assert.True(Registry.TryGet(typeof(Key), out var found));
        Assert.Equal(TestActor, found);
        Assert.Contains(Registry, entry => entry.Key == typeof(Key));
    }

    [Fact]
    public void Says_so_when_there_is_nothing()
    {
        Assert.False(Registry.TryGet<Key>(out _));
        Assert.Throws<MissingActorRegistryEntryException>(() => Registry.Get<Key>());
    }

    [Fact]
    public void Replaces_an_entry_only_when_told_so()
    {
        var probe = CreateTestProbe();
        Registry.Register<Key>(TestActor);
        Assert.False(Registry.TryRegister<Key>(probe.Ref));
        Assert.Throws<DuplicateActorRegistryException>(() => Registry.Register<Key>(probe.Ref));
        Registry.Register<Key>(probe.Ref, overwrite: true);
        Assert.Equal(probe.Ref, Registry.Get<Key>());
    }

    [Fact]
    public async Task Waits_for_a_later_registration()
    {
        var waiting = Registry.GetAsync<Key>();
        Assert.False(waiting.IsCompleted);
        Registry.Register<Key>(TestActor);
        Assert.Equal(TestActor, await waiting);
    }

    [Fact]
    public async Task Stops_waiting_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Registry.GetAsync<Key>(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Stands_for_an_actor_that_may_come_later()
    {
        IRequiredActor<Key> required = new RequiredActor<Key>(Registry);
        Assert.Throws<MissingActorRegistryEntryException>(() => required.ActorRef);
        var waiting = required.GetAsync();
        Registry.Register<Key>(TestActor);
        Assert.Equal(TestActor, await waiting);
        Assert.Equal(TestActor, required.ActorRef);
    }

    private sealed class Key;
}
