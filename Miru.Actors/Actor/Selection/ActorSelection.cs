namespace Akka.Actor;

/// <summary>
/// A path to follow anew for each message, from an anchor down by names and patterns and up by "..". It is no identity: whoever lives
/// there at the moment gets the message. To get hold of somebody, use <see cref="ResolveOne(TimeSpan)"/>.
/// </summary>
public class ActorSelection : ICanTell
{
    /// <summary>Leads nowhere.</summary>
    public ActorSelection() : this(ActorRefs.Nobody, Array.Empty<SelectionPathElement>()) { }

    /// <summary>From an anchor along these steps.</summary>
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    /// <summary>From an anchor along a path.</summary>
    public ActorSelection(IActorRef anchor, string path) : this(anchor, path == "" ? [] : path.Split('/')) { }

    /// <summary>From an anchor along these elements.</summary>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements) : this(anchor, elements.Where(element => element.Length > 0).Select(Step).ToArray()) { }

    /// <summary>Where the path begins.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The steps.</summary>
    public SelectionPathElement[] Path { get; }

    /// <summary>The steps as text.</summary>
    public string PathString => "/" + string.Join('/', (object[])Path);

    /// <summary>Tells whoever is there; nobody means the dead letters.</summary>
    public void Tell(object message, IActorRef sender = null)
    {
        if (message is null) throw new InvalidMessageException("Message is null.");
        Deliver((IInternalActorRef)Anchor, new ActorSelectionMessage(message, Path), sender);
    }

    /// <summary>The reference of one actor that is there.</summary>
    /// <exception cref="ActorNotFoundException">Nobody is there, or nobody answered in time; thrown by the task.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The reference of one actor that is there.</summary>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception failure) when (failure is not ActorNotFoundException)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", failure);
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is ActorSelection other && Anchor.Equals(other.Anchor) && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    /// <summary>Walks as far as the steps lead and tells who is at the end. Runs on the sender's thread; only lookups, no actor runs.</summary>
    internal static void Deliver(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = current.Parent;
                    break;
                case SelectChildName { Name: var name }:
                    current = (IInternalActorRef)current.GetChild([name]);
                    break;
                case SelectChildPattern pattern:
                    FanOut(current, pattern, new ActorSelectionMessage(selection.Message, selection.Elements[(i + 1)..], wildCardFanOut: true), sender);
                    return;
            }
            if (!current.IsNobody()) continue;
            ToNobody(anchor, selection, sender);
            return;
        }
        current.Tell(selection.Message, sender);
    }

    private static void FanOut(IInternalActorRef parent, SelectChildPattern pattern, ActorSelectionMessage rest, IActorRef sender)
    {
        if (parent is not LocalActorRef local) return;
        foreach (var child in local.Cell.ChildRefs)
            if (pattern.Fits(child.Path.Name)) Deliver(child, rest, sender);
    }

    /// <summary>After a pattern nobody is a valid answer; on a path of names the message is a dead letter.</summary>
    private static void ToNobody(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        if (selection.WildCardFanOut || (anchor as InternalActorRefBase)?.SystemImpl is not { } system) return;
        var path = anchor.Path / selection.Elements.Select(element => element.ToString());
        new EmptyLocalActorRef(system.Provider, path, system.EventStream).Tell(selection.Message, sender);
    }

    private static SelectionPathElement Step(string element) => element switch
    {
        ".." => SelectParent.Instance,
        _ when element.Contains('*') || element.Contains('?') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}
