namespace Akka;

/// <summary>Says that something finished, when there is nothing else to say.</summary>
public sealed class Done
{
    /// <summary>The only one.</summary>
    public static readonly Done Instance = new();

    private Done() { }
}
