namespace Miru.Protocol;

/// <summary>A peer broke the contract: answered with one <see cref="ErrorMessage"/>, then the connection closes (clause frame-5).</summary>
/// <param name="Clause">The clause of <c>docs/protocol.md</c> that was broken; one of <see cref="Clauses"/>.</param>
/// <param name="Reason">What was wrong, for a person. Never holds the content of a config.</param>
public sealed record Violation(string Clause, string Reason);
