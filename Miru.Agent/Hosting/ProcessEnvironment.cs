namespace Miru.Agent.Hosting;

/// <summary>What the process was given by whoever started it; handed in, so that a test can be that somebody.</summary>
/// <param name="Output">Standard output: the ready line, answers of the other commands.</param>
/// <param name="Error">Standard error: the log, and the one line that says why the agent did not start.</param>
/// <param name="PipedInput">Standard input where something is piped into it; <c>null</c> at a terminal.</param>
/// <param name="Variable">Looks an environment variable up; <c>null</c> where it is not set.</param>
/// <param name="Forget">Removes an environment variable, so that no child of this process inherits it.</param>
/// <param name="Time">The clock.</param>
internal sealed record ProcessEnvironment(
    TextWriter Output, TextWriter Error, TextReader? PipedInput, Func<string, string?> Variable, Action<string> Forget, TimeProvider Time)
{
    /// <summary>Keeps secrets out of core dumps; returns why not, or null.</summary>
    public Func<string?> ForbidCoreDumps { get; init; } = () => null;

    /// <summary>Whether standard error goes to journald, which reads a priority at the start of a line.</summary>
    public bool HasJournal => Variable("JOURNAL_STREAM") is not null;

    public static ProcessEnvironment OfThisProcess() =>
        new(
            Console.Out,
            Console.Error,
            Console.IsInputRedirected ? Console.In : null,
            Environment.GetEnvironmentVariable,
            name => Environment.SetEnvironmentVariable(name, null),
            TimeProvider.System)
        {
            ForbidCoreDumps = CoreDumps.Forbid,
        };
}
