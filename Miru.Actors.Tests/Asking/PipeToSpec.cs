using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Asking;

/// <summary>The outcome of a task as a message.</summary>
public class PipeToSpec : ActorSpec
{
    private readonly Boom _boom = new();

    [Fact]
    public void Tells_the_result()
    {
        Task.FromResult("result").PipeTo(TestActor);
        ExpectMsg("result");
    }

    [Fact]
    public void Tells_the_result_of_a_task_that_completes_later()
    {
        var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        source.Task.PipeTo(TestActor);
        source.SetResult("later");
        ExpectMsg("later");
    }

    [Fact]
    public void Tells_in_the_name_of_the_given_sender()
    {
        var sender = CreateTestProbe();
        Task.FromResult("result").PipeTo(TestActor, sender.Ref);
        ExpectMsgFrom<string>(sender.Ref);
    }

    [Fact]
    public void Tells_a_failure_with_its_cause()
    {
        Task.FromException<string>(_boom).PipeTo(TestActor);
        Assert.Same(_boom, ExpectMsg<Status.Failure>().Cause.GetBaseException());
    }

    [Fact]
    public void Tells_a_cancellation_as_a_failure()
    {
        Task.FromCanceled<string>(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<TaskCanceledException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void Tells_what_success_makes_of_the_result()
    {
        Task.FromResult(20).PipeTo(TestActor, success: number => number + 1);
        ExpectMsg(21);
    }

    [Fact]
    public void Tells_what_failure_makes_of_the_cause()
    {
        Task.FromException<int>(_boom).PipeTo(TestActor, failure: cause => "failed: " + cause.GetBaseException().Message);
        ExpectMsg("failed: boom");
    }

    [Fact]
    public void Tells_what_success_makes_of_a_task_without_result()
    {
        Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        ExpectMsg("done");
    }

    [Fact]
    public void Tells_the_failure_of_a_task_without_result()
    {
        Task.FromException(_boom).PipeTo(TestActor);
        Assert.Same(_boom, ExpectMsg<Status.Failure>().Cause.GetBaseException());
    }

    [Fact]
    public void Takes_a_value_task()
    {
        new ValueTask<string>("result").PipeTo(TestActor);
        ExpectMsg("result");
    }

    [Fact]
    public void Brings_the_result_to_the_actor_that_started_the_task()
    {
        var actor = Start(a =>
        {
            a.On<string>(text => Task.FromResult(text.Length).PipeTo(a.Self, a.Sender));
            a.On<int>(length => a.Sender.Tell(length));
        });
        actor.Tell("four", TestActor);
        ExpectMsg(4);
    }

    [Fact]
    public void Leaves_the_actor_free_for_other_messages_meanwhile()
    {
        var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Start(a =>
        {
            a.On<Task<string>>(task => task.PipeTo(a.Self));
            a.On<string>(TestActor.Tell);
        });
        actor.Tell(source.Task);
        actor.Tell("meanwhile");
        ExpectMsg("meanwhile");
        source.SetResult("result");
        ExpectMsg("result");
    }
}
