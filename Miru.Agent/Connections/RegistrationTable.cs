namespace Miru.Agent.Connections;

/// <summary>
/// Who is meant by the number that the kernel hands back with an event. Numbers are never used twice, although their places are: an
/// event that was fetched before its descriptor was closed finds nobody, and never whoever has the descriptor's number next.
/// </summary>
internal sealed class RegistrationTable<T>
    where T : class
{
    private readonly Stack<int> _free = new();
    private Slot[] _slots = new Slot[16];
    private int _used;

    /// <summary>How many are registered.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Registers; the token is unique in the life of this table.</summary>
    public ulong Add(T target)
    {
        if (!_free.TryPop(out var at))
        {
            if (_used == _slots.Length)
            {
                Array.Resize(ref _slots, _used * 2);
            }

            at = _used++;
        }

        ref var slot = ref _slots[at];
        slot.Target = target;
        return Token(slot.Generation, at);
    }

    /// <summary>Whoever registered under this token; <c>null</c> where that has been undone.</summary>
    public T? Find(ulong token)
    {
        var at = (uint)token;
        return at < (uint)_slots.Length && _slots[at].Generation == (uint)(token >> 32) ? _slots[at].Target : null;
    }

    /// <summary>Undoes a registration. Undone already, it changes nothing.</summary>
    public void Remove(ulong token)
    {
        if (Find(token) is null)
        {
            return;
        }

        var at = (int)(uint)token;
        _slots[at].Target = null;

        // A place whose generations are used up, after four thousand million connections, is not used again.
        if (++_slots[at].Generation != uint.MaxValue)
        {
            _free.Push(at);
        }
    }

    private static ulong Token(uint generation, int at) => ((ulong)generation << 32) | (uint)at;

    private struct Slot
    {
        public T? Target;
        public uint Generation;
    }
}
