using Miru.Agent.Tests.Connections;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

/// <summary>The agent's protocol and the SDK against the refused and tolerated files of the conformance kit.</summary>
[Trait("Clause", "frame-5")]
public sealed class ConformanceTests
{
    public static TheoryData<string> ForTheAgent => [.. Vectors.Refused.Where(name => Vectors.Says(name, "to") == "agent")];

    public static TheoryData<string> ForApplications => [.. Vectors.Refused.Where(name => Vectors.Says(name, "to") == "application")];

    public static TheoryData<string> Tolerated => [.. Vectors.Tolerated];

    [Theory, MemberData(nameof(ForTheAgent))]
    public void The_agent_answers_refused_bytes_with_their_clause_and_nothing_after_it(string name)
    {
        var bytes = Vectors.Read(name);
        for (var split = 0; split < bytes.Length; split++)
        {
            using var agent = new AgentEnd(new Snapshots().Current);
            if (Vectors.Says(name, "state") == "greeted")
            {
                agent.Receive(MessageCodec.Encode(new Hello([1], [], "test", "test/0"), 1));
                Assert.IsType<Welcome>(agent.Said[^1]);
            }

            agent.Receive(bytes.AsSpan(0, split));
            agent.Receive(bytes.AsSpan(split));

            var error = Assert.IsType<ErrorMessage>(agent.Said[^1]);
            Assert.Equal(ErrorCodes.ProtocolViolation, error.Code);
            Assert.Equal(Vectors.Says(name, "clause"), error.Clause);
            Assert.Single(agent.Said.OfType<ErrorMessage>());
            Assert.True(agent.IsClosed);
        }
    }

    [Theory, MemberData(nameof(ForApplications))]
    public async Task An_application_closes_on_refused_bytes_and_can_name_the_clause(string name)
    {
        await using var agent = FakeAgent.InMemory();
        var time = new VirtualTime();
        await using var client = await MiruClient.ConnectAsync(agent.Options(time) with { WaitForAgent = false, Random = () => 0.5 });
        await using var connection = await agent.AcceptAsync();
        if (Vectors.Says(name, "state") == "greeted")
        {
            await connection.GreetAsync(new Cursor("e-1", 0));
        }

        await connection.SendAsync(Vectors.Read(name));
        await connection.ClosedByClientAsync();

        // The pause before the next attempt begins when the failure has been told.
        await time.ArmedAsync(TimeSpan.FromMilliseconds(50));
        Assert.Contains($"clause {Vectors.Says(name, "clause")} ", client.LastError!.ToString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Tolerated))]
    [Trait("Clause", "frame-3")]
    [Trait("Clause", "frame-4")]
    public void Tolerated_bytes_carry_the_message_they_mean(string name)
    {
        var meant = FrameReader.Read(Vectors.Read(Vectors.Says(name, "means")), ProtocolLimits.MaxLength).Frame;
        var decoded = new List<(uint Correlation, string Shape)>();
        for (ReadOnlyMemory<byte> rest = Vectors.Read(name); !rest.IsEmpty;)
        {
            var read = FrameReader.Read(rest, ProtocolLimits.MaxLength);
            Assert.Equal(FrameReadStatus.Frame, read.Status);
            rest = rest[read.Length..];
            var result = MessageCodec.Decode(read.Frame);
            Assert.Null(result.Violation);
            if (result.Message is { } message)
            {
                decoded.Add((read.Frame.Correlation, Shape.Of(message)));
            }
        }

        Assert.Equal((meant.Correlation, Shape.Of(MessageCodec.Decode(meant).Message)), Assert.Single(decoded));
    }
}
