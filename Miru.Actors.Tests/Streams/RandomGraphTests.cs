using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

/// <summary>Random chains of operators against the same chain on lists: every seed is a test of its own.</summary>
public sealed class RandomGraphTests : StreamSpec
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_chain_of_operators_does_what_the_same_chain_does_on_lists(int seed)
    {
        var random = new Random(seed);
        var model = Enumerable.Range(0, random.Next(0, 200)).Select(_ => random.Next(100)).ToList();
        var source = Source.From(model.ToList());
        for (var step = random.Next(1, 12); step > 0; step--)
        {
            (source, model) = Extend(source, model, random);
        }

        Assert.Equal(model, await Elements(source));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_failure_anywhere_in_a_chain_reaches_its_end(int seed)
    {
        var random = new Random(seed);
        var cause = new InvalidDataException($"seed {seed}");
        var source = Source.From(Enumerable.Range(0, 100));
        var failsAfter = random.Next(5);
        for (var step = 0; step < 5; step++)
        {
            source = step == failsAfter
                ? source.Concat(Source.Failed<int>(cause))
                : random.Next(3) switch
                {
                    0 => source.Buffer(4, OverflowStrategy.Backpressure),
                    1 => source.SelectAsync(3, async n =>
                    {
                        await Task.Yield();
                        return n;
                    }),
                    _ => source.Select(n => n + 1),
                };
        }

        Assert.Same(cause, await FailureOf(source));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    private static (Source<int, Akka.NotUsed> Source, List<int> Model) Extend(Source<int, Akka.NotUsed> source, List<int> model, Random random)
    {
        var k = random.Next(1, 10);
        return random.Next(16) switch
        {
            0 => (source.Select(n => n + k), model.ConvertAll(n => n + k)),
            1 => (source.Where(n => n % k != 0), model.Where(n => n % k != 0).ToList()),
            2 => (source.SelectMany(n => Enumerable.Repeat(n, n % 3)), model.SelectMany(n => Enumerable.Repeat(n, n % 3)).ToList()),
            3 => (source.Take(k * 10), model.Take(k * 10).ToList()),
            4 => (source.Skip(k), model.Skip(k).ToList()),
            5 => (source.TakeWhile(n => n < 95), model.TakeWhile(n => n < 95).ToList()),
            6 => (source.SkipWhile(n => n < 50), model.SkipWhile(n => n < 50).ToList()),
            7 => (source.Buffer(k, OverflowStrategy.Backpressure), model),
            8 => (source.Grouped(k).SelectMany(group => group), model),
            9 => (source.Scan(0, (sum, n) => (sum + n) % 1000), Scan(model)),
            10 => (source.Concat(Source.From([k, k])), [.. model, k, k]),
            11 => (source.Prepend(Source.Single(k)), [k, .. model]),
            12 => (source.Via(Flow.Create<int>().Select(n => n * 2).Where(n => n < 500)), model.Select(n => n * 2).Where(n => n < 500).ToList()),
            13 => (source.SelectAsync(k, async n =>
            {
                await Task.Yield();
                return n;
            }), model),
            14 => (source.Zip(Source.Repeat(k)).Select(pair => pair.Item1 + pair.Item2), model.ConvertAll(n => n + k)),
            _ => (source.Throttle(1000, TimeSpan.FromMilliseconds(1), 1000, ThrottleMode.Shaping), model),
        };
    }

    private static List<int> Scan(List<int> model)
    {
        List<int> states = [0];
        foreach (var n in model)
        {
            states.Add((states[^1] + n) % 1000);
        }

        return states;
    }
}
