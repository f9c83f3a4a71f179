namespace Akka.TestKit;

/// <summary>Log events that are muted until this is undone.</summary>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Shows the events again.</summary>
    void Unmute();
}
