namespace Miru.Agent.Deployments.Files;

/// <summary>What stands at a name.</summary>
/// <param name="Mode">Permission bits; without set-user-id, set-group-id and sticky, which no config file needs.</param>
/// <param name="Identity">Device and inode: two names with the same one are the same file.</param>
/// <param name="IsImmutable">It has the attribute that forbids to replace it, even to root (<c>chattr +i</c> or <c>+a</c>).</param>
internal readonly record struct FileFacts(FileKind Kind, long Length, UnixFileMode Mode, FileOwner Owner, (ulong Device, ulong Inode) Identity, bool IsImmutable = false);
