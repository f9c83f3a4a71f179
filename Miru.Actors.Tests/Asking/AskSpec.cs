using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Asking;

/// <summary>A question from outside: a task for the answer.</summary>
public class AskSpec : ActorSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Completes_with_the_answer() => Assert.Equal("question", await Start(Echo).Ask("question", Patience));

    [Fact]
    public async Task Completes_with_the_answer_of_the_expected_type() => Assert.Equal(7, await Start(Echo).Ask<int>(7, Patience));

    [Fact]
    public async Task Fails_when_the_answer_is_of_another_type() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Start(Echo).Ask<int>("seven", Patience));

    [Fact]
    public async Task Fails_with_a_timeout_when_no_answer_comes() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => Start(Deaf).Ask<string>("question", Short));

    [Fact]
    public async Task Waits_without_end_when_no_timeout_is_given()
    {
        var actor = Start(a => a.On<string>(_ => TestActor.Tell(a.Sender)));
        var answer = actor.Ask<string>("question");
        var asker = ExpectMsg<IActorRef>();
        ExpectNoMsg(Silence);
        Assert.False(answer.IsCompleted);
        asker.Tell("at last");
        Assert.Equal("at last", await answer);
    }

    [Fact]
    public async Task Fails_with_a_timeout_and_not_with_the_exception_of_the_asked()
    {
        var actor = Start(a => a.On<string>(_ => throw new Boom()));
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("question", Short));
    }

    [Fact]
    public async Task Fails_with_the_cause_when_the_answer_is_a_failure()
    {
        var boom = new Boom();
        var actor = Start(a => a.On<string>(_ => a.Sender.Tell(new Status.Failure(boom))));
        Assert.Same(boom, await Assert.ThrowsAsync<Boom>(() => actor.Ask<string>("question", Patience)));
    }

    [Fact]
    public async Task Completes_with_a_success_as_it_is()
    {
        var actor = Start(a => a.On<string>(text => a.Sender.Tell(new Status.Success(text))));
        Assert.Equal("done", (await actor.Ask<Status.Success>("done", Patience)).Status);
    }

    [Fact]
    public async Task Is_cancelled_by_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        var answer = Start(Deaf).Ask<string>("question", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Is_cancelled_before_its_timeout()
    {
        using var cancellation = new CancellationTokenSource();
        var answer = Start(Deaf).Ask<string>("question", TimeSpan.FromMinutes(1), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Takes_the_first_of_several_answers()
    {
        var actor = Start(a => a.On<string>(_ =>
        {
            a.Sender.Tell(1);
            a.Sender.Tell(2);
        }));
        Assert.Equal(1, await actor.Ask<int>("question", Patience));
    }

    [Fact]
    public async Task Can_carry_the_asker_in_the_message()
    {
        var actor = Start(a => a.On<(string Question, IActorRef Asker)>(message => message.Asker.Tell(message.Question)));
        Assert.Equal("question", await actor.Ask<string>(asker => ("question", asker), Patience, CancellationToken.None));
    }

    [Fact]
    public async Task Is_asked_by_a_reference_of_its_own_beside_the_actors()
    {
        var actor = Start(a => a.On<string>(_ => a.Sender.Tell(a.Sender.Path)));
        var (one, other) = (await actor.Ask<ActorPath>("who", Patience), await actor.Ask<ActorPath>("who", Patience));
        Assert.Equal("temp", one.Elements[0]);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task Asks_whoever_lives_at_a_path()
    {
        Start(Echo, "echo");
        Assert.Equal("question", await Sys.ActorSelection("/user/echo").Ask<string>("question", Patience));
    }

    [Fact]
    public async Task Fails_with_a_timeout_when_the_asked_is_dead()
    {
        var actor = Start(Echo);
        Sys.Stop(actor);
        AwaitDeath(actor);
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("question", Short));
    }

    [Fact]
    public async Task Answers_each_of_many_askers_its_own()
    {
        var actor = Start(Echo);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => actor.Ask<int>(number, Patience)));
        Assert.Equal(Enumerable.Range(0, 100), answers);
    }

    [Fact]
    public void Can_be_awaited_in_a_handler()
    {
        var asked = Start(Echo);
        var asking = Start(a => a.OnAsync<string>(async question =>
        {
            var asker = a.Sender;
            var answer = await asked.Ask<string>(question, Patience);
            asker.Tell((answer, a.Self));
        }));
        asking.Tell("question", TestActor);
        ExpectMsg(("question", asking));
    }

    [Fact]
    public async Task Reaches_an_answer_through_several_hands()
    {
        var last = Start(Echo);
        var first = Start(a => a.OnAny(last.Forward));
        Assert.Equal("question", await first.Ask<string>("question", Patience));
    }

    private static void Deaf(Scripted actor) => actor.OnAny(_ => { });
}
