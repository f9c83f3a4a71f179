namespace Akka.Streams;

/// <summary>The untyped identity of a stage's input.</summary>
public abstract class InPort
{
    protected InPort()
    {
    }

    /// <summary>Position among the inlets of its stage's shape; set when the stage is materialized.</summary>
    internal int Id { get; set; } = -1;
}
