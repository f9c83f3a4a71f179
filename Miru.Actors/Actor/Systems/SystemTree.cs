using System.Text;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The tree of a system for people: an actor a line, with its type, its state and how many messages wait.</summary>
internal static class SystemTree
{
    internal static string Print(LocalActorRef root)
    {
        var text = new StringBuilder();
        Append(text, root, indent: 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, LocalActorRef actor, int indent)
    {
        var cell = actor.Cell;
        var state = cell.IsTerminated ? "terminated" : cell.Mailbox.IsSuspended ? "suspended" : "running";
        text.Append(' ', indent).AppendLine($"-> {actor.Path.Name} {Logging.SimpleName(cell.Props.Type)} {state}, {cell.Mailbox.Count} messages");
        foreach (var child in cell.ChildRefs.OfType<LocalActorRef>().OrderBy(child => child.Path.Name, StringComparer.Ordinal)) Append(text, child, indent + 4);
    }
}
