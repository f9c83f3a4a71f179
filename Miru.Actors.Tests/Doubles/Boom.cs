namespace Miru.Actors.Tests.Doubles;

/// <summary>The failure of an actor under test, so that no other exception can be taken for it.</summary>
public sealed class Boom(string text = "boom") : Exception(text);
