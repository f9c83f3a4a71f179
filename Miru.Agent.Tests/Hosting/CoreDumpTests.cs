using System.Runtime.InteropServices;
using Miru.Agent.Hosting;
using Xunit;

namespace Miru.Agent.Tests.Hosting;

public sealed partial class CoreDumpTests : IDisposable
{
    private const int GetDumpable = 3;
    private const int SetDumpable = 4;

    // The process is everybody's: tests of whole commands have forbidden it already.
    public CoreDumpTests() => Allow();

    /// <summary>The tests of others may want to be looked into.</summary>
    public void Dispose() => Allow();

    [Fact]
    public void The_kernel_writes_nothing_of_a_process_that_forbade_it()
    {
        Assert.Null(CoreDumps.Forbid());

        Assert.Equal(0, Prctl(GetDumpable, 0, 0, 0, 0));
    }

    private static void Allow() => Assert.Equal(0, Prctl(SetDumpable, 1, 0, 0, 0));

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
