namespace Akka.Actor;

/// <summary>One thing to do in a phase of a coordinated shutdown.</summary>
internal sealed class ShutdownTask(string name, Func<Task<Done>> run)
{
    internal string Name => name;

    internal Func<Task<Done>> Run => run;
}
