using System.Runtime.CompilerServices;

namespace Miru.Actors.Tests.Doubles;

/// <summary>
/// To await it goes on on a thread of its own that has never seen an actor. A thread of the pool may still be the ambient sender of a test
/// that ran on it.
/// </summary>
public readonly struct AnotherThread : INotifyCompletion
{
    public bool IsCompleted => false;

    public AnotherThread GetAwaiter() => this;

    public void OnCompleted(Action continuation) => new Thread(() => continuation()).Start();

    public void GetResult()
    {
    }
}
