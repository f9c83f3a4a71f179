using Miru.Agent.Configs;

namespace Miru.Agent.Deployments.Files;

/// <summary>
/// Keeps what somebody else wrote before the agent replaces it. The copy is a second name for the same file where the kernel allows that:
/// it costs no bytes, and until the switch it vanishes without a trace if the deployment is rolled back.
/// </summary>
internal static class FileKeeping
{
    /// <summary>Keeps a file that was there before the agent; an older copy is never overwritten.</summary>
    /// <returns>The copy's name.</returns>
    /// <exception cref="FileSystemException">It cannot be kept, so the file must not be replaced.</exception>
    public static string KeepOriginal(IDirectory directory, string name, FileFacts standing, string path)
    {
        foreach (var copy in FileNames.Originals(name))
        {
            var there = directory.Look(copy);
            if (there is null)
            {
                Copy(directory, name, copy, standing);
                return copy;
            }

            if (IsCopy(directory, name, standing, copy, there.Value))
            {
                return copy;
            }
        }

        throw new FileSystemException($"'{path}' was there before the agent, and so were all its copies ({FileNames.OriginalSuffix}); move some away", Errno.Exists);
    }

    /// <summary>Keeps somebody's change to a file of the agent, in the place of an earlier change.</summary>
    /// <returns>The copy's name.</returns>
    public static string KeepChange(IDirectory directory, string name, FileFacts standing)
    {
        var copy = FileNames.Changed(name);
        if (directory.Look(copy)?.Identity != standing.Identity)
        {
            directory.Delete(copy);
            Copy(directory, name, copy, standing);
        }

        return copy;
    }

    /// <summary>Takes second names away again: the file they name is still in its place.</summary>
    public static void Forget(IDirectory directory, string name)
    {
        if (directory.Look(name) is not { } standing)
        {
            return;
        }

        foreach (var copy in FileNames.Originals(name).Append(FileNames.Changed(name)))
        {
            if (directory.Look(copy) is { } there && there.Identity == standing.Identity)
            {
                directory.Delete(copy);
            }
        }
    }

    private static bool IsCopy(IDirectory directory, string name, FileFacts standing, string copy, FileFacts there) =>
        there.Identity == standing.Identity
        || (there.Kind == FileKind.Regular && there.Length == standing.Length
            && directory.Read(copy, there.Length) is { } old && directory.Read(name, standing.Length) is { } now
            && ContentDigest.Of(old) == ContentDigest.Of(now));

    private static void Copy(IDirectory directory, string name, string copy, FileFacts standing)
    {
        try
        {
            directory.Link(name, copy);
        }
        catch (FileSystemException refused) when (refused.Error is Errno.NotPermitted or Errno.NotSupported or Errno.TooManyLinks)
        {
            // No hard links here, or none to other users' files (fs.protected_hardlinks): the bytes then.
            if (directory.Read(name, standing.Length) is not { } bytes)
            {
                throw;
            }

            directory.WriteNew(copy, bytes, standing.Mode, standing.Owner);
        }
    }
}
