namespace Miru.Agent.Connections;

/// <summary>
/// Buffers of one size for whoever needs one for the length of a turn: the one that was given back last is still in the cache. A single
/// one is kept; those of peers that are slow go to the collector. Not for concurrent use.
/// </summary>
/// <param name="size">In bytes.</param>
internal sealed class SpareBuffer(int size)
{
    private byte[]? _spare;

    /// <summary>In bytes.</summary>
    public int Size => size;

    public byte[] Rent()
    {
        var spare = _spare ?? GC.AllocateUninitializedArray<byte>(size);
        _spare = null;
        return spare;
    }

    /// <summary>Gives a buffer back; one of another size is not kept.</summary>
    public void Return(byte[] buffer)
    {
        if (buffer.Length == size)
        {
            _spare = buffer;
        }
    }
}
