namespace Akka.Configuration.Hocon;

/// <summary>A parsed document: its value and the references in it.</summary>
public class HoconRoot
{
    /// <summary>For deriving classes.</summary>
    protected HoconRoot()
    {
    }

    /// <summary>A document without references.</summary>
    public HoconRoot(HoconValue value) : this(value, [])
    {
    }

    /// <summary>A document with the references that were found in it.</summary>
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    /// <summary>The value of the whole document.</summary>
    public HoconValue Value { get; }

    /// <summary>The references in the document.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
