namespace Akka.Streams.Implementation;

/// <summary>How modules yield materialized values.</summary>
public static class StreamLayout
{
    /// <summary>One step of how a materialized value comes about.</summary>
    public interface IMaterializedValueNode
    {
    }

    /// <summary>The value of a module itself.</summary>
    public sealed class Atomic : IMaterializedValueNode
    {
        /// <summary>Whose value it is.</summary>
        public readonly IModule Module;

        public Atomic(IModule module) => Module = module;

        public override string ToString() => $"Atomic({Module})";
    }
}
