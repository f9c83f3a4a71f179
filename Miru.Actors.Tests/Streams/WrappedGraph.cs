using Akka.Streams;
using Akka.Streams.Implementation;

namespace Miru.Actors.Tests.Streams;

/// <summary>A graph of a user's own: it shows a module that it took from elsewhere.</summary>
internal sealed class WrappedGraph<TShape, TMat>(TShape shape, IModule module) : IGraph<TShape, TMat>
    where TShape : Shape
{
    public TShape Shape => shape;

    public IModule Module => module;

    public IGraph<TShape, TMat> WithAttributes(Attributes attributes) => new WrappedGraph<TShape, TMat>(shape, module.WithAttributes(attributes));

    public IGraph<TShape, TMat> AddAttributes(Attributes attributes) => WithAttributes(module.Attributes.And(attributes));

    public IGraph<TShape, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());
}
