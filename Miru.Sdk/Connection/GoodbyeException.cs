namespace Miru.Sdk.Connection;

/// <summary>The agent said that it stops, and when it is worth coming back (clause bye-1).</summary>
internal sealed class GoodbyeException(TimeSpan reconnectAfter) : Exception("the agent is stopping")
{
    public TimeSpan ReconnectAfter { get; } = reconnectAfter;
}
