using System.Runtime.InteropServices;
using Miru.Agent.Tests.Doubles;
using Miru.Agent.Tests.Sdk;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>An agent that is stopped (SIGSTOP) keeps its socket open and says nothing: to the kernel it is alive.</summary>
public sealed partial class StoppedAgentTests
{
    private const int Cont = 18;
    private const int Stop = 19;

    // waitid(2): P_PID, WSTOPPED, WNOWAIT.
    private const int OneProcess = 1;
    private const int HasStopped = 2;
    private const int LeaveForOthers = 0x01000000;

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task A_stopped_agent_is_noticed_and_found_again_when_it_goes_on()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using (await scenario.ConnectAsync())
        {
            // It is up.
        }

        var time = new VirtualTime();
        await using var miru = await MiruClient.ConnectAsync(new()
        {
            SocketPath = scenario.Folder.SocketPath,
            TimeProvider = time,
            RequestTimeout = TimeSpan.FromMinutes(1),
            Random = () => 0,
        }, scenario.Deadline);
        var stale = miru.ReachesAsync(MiruConnectionState.Stale);

        StopWholly(agent.Id);
        var asked = Task.Factory.StartNew(
            () => miru.Get("a"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        time.Advance(TimeSpan.FromSeconds(25));
        Assert.Contains("silent", (await stale).Cause!.Message, StringComparison.Ordinal);
        Assert.False(asked.IsCompleted);

        var live = miru.ReachesAsync(MiruConnectionState.Live);
        Assert.Equal(0, Kill(agent.Id, Cont));
        await live;
        await Assert.ThrowsAsync<MiruConfigNotFoundException>(() => asked);
    }

    // The signal alone is a wish: until one thread has taken it, the others go on and answer.
    private static unsafe void StopWholly(int process)
    {
        Assert.Equal(0, Kill(process, Stop));
        var told = stackalloc byte[128];
        Assert.Equal(0, WaitId(OneProcess, process, told, HasStopped | LeaveForOthers));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitid")]
    private static unsafe partial int WaitId(int kind, int id, byte* told, int options);
}
