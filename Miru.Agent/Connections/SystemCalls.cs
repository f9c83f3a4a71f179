using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>The kernel's numbers of the calls that run for each request: <c>asm/unistd.h</c> of each architecture.</summary>
internal static class SystemCalls
{
    /// <summary><c>epoll_pwait</c>.</summary>
    public static readonly nint EpollWait;

    /// <summary><c>recvfrom</c>.</summary>
    public static readonly nint Receive;

    /// <summary><c>sendto</c>.</summary>
    public static readonly nint Send;

    static SystemCalls() => (EpollWait, Receive, Send) = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (281, 45, 44),
        Architecture.Arm => (346, 292, 290),
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => (22, 207, 206),
        Architecture.Ppc64le => (303, 337, 335),
        Architecture.S390x => (312, 371, 369),
        var other => throw new PlatformNotSupportedException($"The numbers of Linux's system calls on {other} are not known here."),
    };
}
