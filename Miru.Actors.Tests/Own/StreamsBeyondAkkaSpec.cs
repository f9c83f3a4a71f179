using Akka.IO;
using Akka.Streams.Dsl;
using Miru.Actors.Tests.Streams;

namespace Miru.Actors.Tests.Own;

/// <summary>Where our streams do better than those of Akka.NET, or where those of its versions differ.</summary>
public sealed class StreamsBeyondAkkaSpec : StreamSpec
{
    /// <summary>1.5.30 cuts a slice off where the bytes end, as we do; later versions, 1.5.74 among them, throw ArgumentOutOfRangeException.</summary>
    [Fact]
    public void A_slice_does_not_reach_beyond_the_end() =>
        Assert.Equal([6], ByteString.FromBytes([1, 2, 3, 4, 5, 6]).Slice(5, 100).ToArray());

    /// <summary>Akka.NET disposes an enumerator only by running it to its end, so a cancelled stream leaks what it holds.</summary>
    [Fact]
    public async Task From_disposes_its_enumerator_when_downstream_cancels()
    {
        var disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IEnumerable<int> Endless()
        {
            try
            {
                while (true)
                {
                    yield return 1;
                }
            }
            finally
            {
                disposed.SetResult();
            }
        }

        Assert.Equal(1, await Source.From(Endless()).RunWith(Sink.First<int>(), Materializer).WaitAsync(Patience));
        await disposed.Task.WaitAsync(Patience);
    }

    /// <summary>In Akka.NET the task of an ignoring sink never ends when its stream is torn down, and who awaits it hangs.</summary>
    [Fact]
    public async Task An_ignoring_sink_fails_when_its_stream_is_torn_down()
    {
        var result = Source.Never<int>().RunWith(Sink.Ignore<int>(), Materializer);

        Materializer.Shutdown();

        Assert.StartsWith("Abrupt", (await FailureOf(result)).GetType().Name);
    }

    [Fact]
    public void A_module_refuses_a_shape_of_other_ports() =>
        Assert.Throws<ArgumentException>(() => Source.Single(1).Module.ReplaceShape(Source.Single(2).Shape));
}
