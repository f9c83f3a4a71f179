namespace Akka.Actor;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    /// <summary>The child goes on with its next message, its state untouched.</summary>
    Resume,

    /// <summary>The child gets a fresh instance and keeps its mailbox; the failing message is dropped.</summary>
    Restart,

    /// <summary>The supervisor fails in the child's place.</summary>
    Escalate,

    /// <summary>The child stops.</summary>
    Stop,
}
