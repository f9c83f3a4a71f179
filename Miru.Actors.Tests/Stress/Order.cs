using Akka.Actor;

namespace Miru.Actors.Tests.Stress;

/// <summary>A message of the storm. Its number occurs once; all that is random about it was drawn by the driver.</summary>
internal sealed record Order(int Number, Deed Deed, int Argument, Directive Verdict);
