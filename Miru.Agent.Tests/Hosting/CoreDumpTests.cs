using System.Runtime.InteropServices;
using Miru.Agent.Hosting;
using Xunit;

namespace Miru.Agent.Tests.Hosting;

public sealed partial class CoreDumpTests : IDisposable
{
    private const int SetDumpable = 4;

    /// <summary>The tests of others may want to be looked into.</summary>
    public void Dispose() => Assert.Equal(0, Prctl(SetDumpable, 1, 0, 0, 0));

    [Fact]
    public void The_kernel_writes_nothing_of_a_process_that_forbade_it()
    {
        Assert.False(CoreDumps.AreForbidden);

        Assert.Null(CoreDumps.Forbid());

        Assert.True(CoreDumps.AreForbidden);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
