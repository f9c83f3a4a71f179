namespace Miru.Agent.Cloud;

/// <summary>
/// Command: ask the cloud now. From an application, or from a push channel that heard of a change (<see cref="Push.IPushChannel"/>). Answered with <see cref="SyncFinished"/> when a poll that began
/// after this command has ended.
/// </summary>
/// <param name="Ticket">Comes back with the answer.</param>
internal sealed record SyncNow(int Ticket = 0);

/// <summary>Fact: the poll has ended, and what it brought is in the store.</summary>
/// <param name="Ticket">Of the command that this answers.</param>
/// <param name="Problem">Why it failed, or null.</param>
internal sealed record SyncFinished(int Ticket, SyncOutcome Outcome, string? Problem = null);
