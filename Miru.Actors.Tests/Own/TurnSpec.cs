using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>The length of a turn to the message, as in Akka.NET 1.5.30; later releases of 1.5 (seen in 1.5.74) handle one message more.</summary>
public class TurnSpec : ActorSpec
{
    [Fact]
    public void Has_exactly_as_many_messages_as_the_throughput()
    {
        const int Throughput = 5;
        var dispatcher = UseManualDispatcher(throughput: Throughput);
        var handled = new List<string>();
        var actors = new[] { "left", "right" }.Select(name => StartOn("manual", a => a.OnAny(_ => handled.Add(name)))).ToList();
        dispatcher.RunAll();
        foreach (var actor in actors)
        {
            for (var i = 0; i < 3 * Throughput; i++) actor.Tell(i);
        }
        dispatcher.RunAll();
        var turns = handled.Chunk(Throughput).Select(turn => turn.Distinct().Single());
        Assert.Equal(["left", "right", "left", "right", "left", "right"], turns);
    }
}
