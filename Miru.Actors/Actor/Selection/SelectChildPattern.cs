using System.IO.Enumeration;

namespace Akka.Actor;

/// <summary>A step to every child whose name fits: "*" stands for any text, "?" for one character.</summary>
public class SelectChildPattern : SelectionPathElement
{
    /// <summary>Takes the pattern.</summary>
    public SelectChildPattern(string patternStr) => PatternStr = patternStr;

    /// <summary>The pattern.</summary>
    public string PatternStr { get; }

    internal bool Fits(string name) => FileSystemName.MatchesSimpleExpression(PatternStr, name, ignoreCase: false);

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is SelectChildPattern other && other.PatternStr == PatternStr;

    /// <inheritdoc/>
    public override int GetHashCode() => PatternStr.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => PatternStr;
}
