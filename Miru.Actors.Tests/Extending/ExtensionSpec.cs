using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Extending;

/// <summary>One object of a kind per system.</summary>
public class ExtensionSpec : ActorSpec
{
    [Fact]
    public void Is_created_once_per_system()
    {
        var id = new CounterId();
        Assert.Same(id.Apply(Sys), id.Apply(Sys));
        Assert.Same(id.Apply(Sys), id.Get(Sys));
        Assert.Equal(1, id.Created);
    }

    [Fact]
    public void Is_found_by_its_type_once_it_is_registered()
    {
        Assert.False(Sys.HasExtension<Counter>());
        Assert.False(Sys.TryGetExtension<Counter>(out _));
        var extension = Sys.RegisterExtension(new CounterId());
        Assert.True(Sys.HasExtension<Counter>());
        Assert.True(Sys.HasExtension(typeof(Counter)));
        Assert.True(Sys.TryGetExtension<Counter>(out var found));
        Assert.Same(extension, found);
        Assert.Same(extension, Sys.GetExtension<Counter>());
    }

    [Fact]
    public void Is_registered_once_however_often_that_is_tried()
    {
        var extension = Sys.RegisterExtension(new CounterId());
        Assert.Same(extension, Sys.RegisterExtension(new CounterId()));
    }

    [Fact]
    public void Is_another_one_in_another_system()
    {
        using var other = ActorSystem.Create("other");
        var id = new CounterId();
        Assert.NotSame(id.Apply(Sys), id.Apply(other));
    }

    [Fact]
    public void Is_created_once_when_many_threads_ask_at_the_same_time()
    {
        var id = new CounterId();
        Parallel.For(0, 16, _ => id.Apply(Sys));
        Assert.Equal(1, id.Created);
    }

    [Fact]
    public void Knows_its_system() => Assert.Same(Sys, new CounterId().Apply(Sys).System);

    private sealed class Counter(ActorSystem system) : IExtension
    {
        public ActorSystem System => system;
    }

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        private int _created;

        public int Created => Volatile.Read(ref _created);

        public override Counter CreateExtension(ExtendedActorSystem system)
        {
            Interlocked.Increment(ref _created);
            return new Counter(system);
        }
    }
}
