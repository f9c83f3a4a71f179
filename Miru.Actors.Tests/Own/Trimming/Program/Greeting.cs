namespace Miru.Actors.Tests.Own.Trimming;

/// <summary>A service that an actor asks for.</summary>
internal sealed class Greeting
{
    public string To(string whom) => $"hello, {whom}";
}
