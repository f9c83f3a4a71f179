namespace Miru.Agent.Cloud;

/// <summary>What a poll cycle waits for; in this order.</summary>
internal enum PollStage
{
    Token,
    List,
    Missing,
    Contents,
    Store,
}
