using Akka.Streams.Implementation;

namespace Akka.Streams;

/// <summary>
/// A blueprint of a stream or of a part of one: immutable, freely shared and reused. Nothing runs until it is materialized,
/// and each materialization makes everything anew.
/// </summary>
public interface IGraph<TShape> where TShape : Shape
{
    /// <summary>The ports that are still open.</summary>
    TShape Shape { get; }

    /// <summary>What it is made of. A graph of one's own shows the module of the graph that it wraps.</summary>
    IModule Module { get; }
}

/// <summary>A blueprint whose materialization yields a value of type <typeparamref name="TMaterialized"/>.</summary>
public interface IGraph<TShape, TMaterialized> : IGraph<TShape> where TShape : Shape
{
    /// <summary>Replaces the attributes of this part.</summary>
    IGraph<TShape, TMaterialized> WithAttributes(Attributes attributes);

    /// <summary>Adds attributes to this part; they win over inherited ones.</summary>
    IGraph<TShape, TMaterialized> AddAttributes(Attributes attributes);

    /// <summary>Names this part, for logs.</summary>
    IGraph<TShape, TMaterialized> Named(string name);

    /// <summary>Marks an asynchronous boundary. Streams here run fused in one actor, so the mark changes nothing.</summary>
    IGraph<TShape, TMaterialized> Async();
}
