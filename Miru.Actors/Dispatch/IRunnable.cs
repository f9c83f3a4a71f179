namespace Akka.Dispatch;

/// <summary>Work that a dispatcher runs.</summary>
public interface IRunnable
{
    /// <summary>Does the work; must not block.</summary>
    void Run();
}
