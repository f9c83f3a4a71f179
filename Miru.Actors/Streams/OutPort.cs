namespace Akka.Streams;

/// <summary>The untyped identity of a stage's output.</summary>
public abstract class OutPort
{
    protected OutPort()
    {
    }

    /// <summary>Position among the outlets of its stage's shape; set when the stage is materialized.</summary>
    internal int Id { get; set; } = -1;
}
