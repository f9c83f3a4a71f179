using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The system messages of one cell: a lock-free stack that any thread pushes to and the cell takes whole, then turns around. Order of
/// arrival is kept, nothing is allocated, and "is there any" is one read.
/// </summary>
internal struct SystemMessageQueue
{
    private SystemMessage _newest;

    internal readonly bool IsEmpty => Volatile.Read(in _newest) is null;

    internal void Push(SystemMessage message)
    {
        var newest = Volatile.Read(ref _newest);
        while (true)
        {
            message.Next = newest;
            var seen = Interlocked.CompareExchange(ref _newest, message, newest);
            if (ReferenceEquals(seen, newest)) return;
            newest = seen;
        }
    }

    /// <summary>Takes everything, oldest first, linked by <see cref="SystemMessage.Next"/>; null when there is nothing.</summary>
    internal SystemMessage TakeAll() => Reverse(Interlocked.Exchange(ref _newest, null));

    internal static SystemMessage Reverse(SystemMessage list)
    {
        SystemMessage reversed = null;
        while (list is not null)
        {
            var next = list.Next;
            list.Next = reversed;
            reversed = list;
            list = next;
        }
        return reversed;
    }
}
