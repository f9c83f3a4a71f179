namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>One way in which a server, or what stands between it and the robot, can be of no use.</summary>
/// <param name="Name">A word for the test's name.</param>
/// <param name="Where">Which request it strikes; all others are answered well.</param>
/// <param name="Answer">What the agent gets.</param>
/// <param name="Code">What the status says meanwhile; null where the agent is to work on as if nothing were wrong.</param>
/// <param name="Words">Part of the reason for people.</param>
/// <param name="MostRequests">How often the server may be asked while it lasts.</param>
internal sealed record Misbehaviour(string Name, Where Where, Func<Exchange, Task> Answer, string? Code, string Words = "", int MostRequests = 130)
{
    public TimeSpan Lasts { get; init; } = TimeSpan.FromHours(1);

    public override string ToString() => Name;
}
