namespace Akka.Actor;

/// <summary>
/// The way from the root of a system to an actor, and the uid of one incarnation of it. Paths are equal when their addresses and
/// elements are; the uid is not part of it: a path names a place in the tree, a reference names who lives there.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    internal const long UndefinedUid = 0;

    /// <summary>What a path element may hold besides letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    /// <summary>Makes a root.</summary>
    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
    }

    /// <summary>Makes a child.</summary>
    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        Parent = parentPath;
        Address = parentPath.Address;
        Depth = parentPath.Depth + 1;
        Name = name;
        Uid = uid;
    }

    /// <summary>The system.</summary>
    public Address Address { get; }

    /// <summary>The way up; null for a root.</summary>
    public ActorPath Parent { get; }

    /// <summary>The last element.</summary>
    public string Name { get; }

    /// <summary>The incarnation; 0 when the path names none in particular.</summary>
    public long Uid { get; }

    /// <summary>The number of elements below the root.</summary>
    public int Depth { get; }

    /// <summary>The root of this path.</summary>
    public ActorPath Root => ParentOf(0);

    /// <summary>The names from below the root down to this one.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            var path = this;
            for (var i = Depth - 1; i >= 0; i--, path = path.Parent) elements[i] = path.Name;
            return elements;
        }
    }

    /// <summary>The ancestor at a depth; a negative depth counts from here upwards.</summary>
    public ActorPath ParentOf(int depth)
    {
        var target = depth >= 0 ? depth : Depth + depth;
        var path = this;
        while (path.Depth > Math.Max(0, target)) path = path.Parent;
        return path;
    }

    /// <summary>The path of a child; "name#uid" carries a uid.</summary>
    public ActorPath Child(string childName)
    {
        var hash = childName.LastIndexOf('#');
        return hash < 0
            ? new ChildActorPath(this, childName, UndefinedUid)
            : new ChildActorPath(this, childName[..hash], long.Parse(childName.AsSpan(hash + 1)));
    }

    /// <summary>The same place with another incarnation.</summary>
    public ActorPath WithUid(long uid) => Parent is null || uid == Uid ? this : new ChildActorPath(Parent, Name, uid);

    /// <summary>The path without the system: <c>/user/a</c>.</summary>
    public string ToStringWithoutAddress()
    {
        if (Parent is null) return "/";
        var length = 0;
        for (var path = this; path.Parent is not null; path = path.Parent) length += path.Name.Length + 1;
        return string.Create(length, this, static (text, path) =>
        {
            for (var end = text.Length; path.Parent is not null; path = path.Parent)
            {
                end -= path.Name.Length;
                path.Name.CopyTo(text[end..]);
                text[--end] = '/';
            }
        });
    }

    /// <summary>The whole path: <c>akka://system/user/a</c>.</summary>
    public override string ToString() => Address + ToStringWithoutAddress();

    /// <summary>The same as <see cref="ToString"/>.</summary>
    public string ToStringWithAddress() => ToString();

    /// <summary>The whole path and the incarnation: <c>akka://system/user/a#17</c>.</summary>
    public string ToStringWithUid() => Uid == UndefinedUid ? ToString() : $"{this}#{Uid}";

    /// <inheritdoc/>
    public bool Equals(ActorPath other)
    {
        if (other is null || Depth != other.Depth) return false;
        var mine = this;
        while (!ReferenceEquals(mine, other))
        {
            if (mine.Parent is null) return mine.Address == other.Address && mine.Name == other.Name;
            if (mine.Name != other.Name) return false;
            (mine, other) = (mine.Parent, other.Parent);
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal) * 31 + Depth;

    /// <inheritdoc/>
    public int CompareTo(ActorPath other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>True when the text can name an actor: ASCII letters, digits and <see cref="ValidSymbols"/>; not "$" first.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$') return false;
        for (var at = 0; at < s.Length; at++)
            if (!IsAllowed(s, at)) return false;
        return true;
    }

    /// <summary>Reads <c>akka://system/user/a</c>.</summary>
    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    /// <summary>Reads <c>akka://system/user/a</c>; false when the text is no actor path.</summary>
    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        var scheme = path?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (scheme <= 0) return false;
        var slash = path.IndexOf('/', scheme + 3);
        var system = slash < 0 ? path[(scheme + 3)..] : path[(scheme + 3)..slash];
        if (system.Length == 0) return false;
        ActorPath current = new RootActorPath(new Address(path[..scheme], system));
        if (slash >= 0)
            foreach (var element in path[(slash + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries)) current = current.Child(element);
        actorPath = current;
        return true;
    }

    /// <summary>The path of a child.</summary>
    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    /// <summary>The path of a descendant.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(element => element.Length > 0).Aggregate(path, (parent, element) => parent.Child(element));

    /// <summary>Compares places, not incarnations.</summary>
    public static bool operator ==(ActorPath left, ActorPath right) => Equals(left, right);

    /// <summary>Compares places, not incarnations.</summary>
    public static bool operator !=(ActorPath left, ActorPath right) => !Equals(left, right);

    // A percent sign begins an escape of two hexadecimal digits.
    private static bool IsAllowed(string s, int at) =>
        char.IsAsciiLetterOrDigit(s[at]) || ValidSymbols.Contains(s[at]) ||
        (s[at] == '%' && at + 2 < s.Length && char.IsAsciiHexDigit(s[at + 1]) && char.IsAsciiHexDigit(s[at + 2]));
}
