using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>
/// An array of the kernel's <c>struct epoll_event { uint32_t events; uint64_t data; }</c>, which x64 packs to 12 bytes and every other
/// architecture aligns to 16.
/// </summary>
internal sealed unsafe class PollEvents : IDisposable
{
    /// <summary>The larger of the two sizes.</summary>
    public const int MostBytes = 16;

    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = DataOffset + sizeof(ulong);

    public PollEvents(int capacity)
    {
        Capacity = capacity;
        Memory = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * Stride));
    }

    public int Capacity { get; }

    /// <summary>For the kernel to fill.</summary>
    public byte* Memory { get; }

    public uint Ready(int at) => Unsafe.ReadUnaligned<uint>(Memory + (at * Stride));

    public ulong Token(int at) => Unsafe.ReadUnaligned<ulong>(Memory + (at * Stride) + DataOffset);

    /// <summary>Lays one event out.</summary>
    public static void Write(Span<byte> one, uint interest, ulong token)
    {
        MemoryMarshal.Write(one, interest);
        MemoryMarshal.Write(one[DataOffset..], token);
    }

    public void Dispose() => NativeMemory.Free(Memory);
}
