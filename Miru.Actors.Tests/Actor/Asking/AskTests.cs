using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Asking;

public sealed class AskTests : ActorTest
{
    [Fact]
    public async Task Completes_with_the_answer() =>
        Assert.Equal("hello", await System.ActorOf(Props.Create(() => new Echo())).Ask<string>("hello", Patience));

    [Fact]
    public async Task Throws_the_cause_of_a_failure() =>
        await Assert.ThrowsAsync<FormatException>(() =>
            System.ActorOf(Props.Create(() => new Echo())).Ask<string>(new Status.Failure(new FormatException()), Patience));

    [Fact]
    public async Task Times_out_when_nobody_answers() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => System.ActorOf(Props.Empty).Ask<string>("hello", TimeSpan.FromMilliseconds(50)));

    [Fact]
    public async Task Pipes_a_result_to_an_actor()
    {
        _ = Task.FromResult(42).PipeTo(Reporter());
        await ExpectAsync(42);
    }

    [Fact]
    public async Task Stops_gracefully() =>
        Assert.True(await System.ActorOf(Props.Create(() => new Echo())).GracefulStop(Patience));

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
