namespace Miru.Agent.Deployments.Files;

/// <summary>A system call on a file failed.</summary>
/// <param name="message">What was tried on which path, and the kernel's reason.</param>
/// <param name="error">The kernel's number, one of <see cref="Errno"/> where the agent reacts to it.</param>
internal sealed class FileSystemException(string message, int error) : IOException(message, error)
{
    public int Error => HResult;
}
