namespace Miru.Agent.Connections;

/// <summary>What a path names, independent of its name: two equal identities are one file.</summary>
internal readonly record struct FileIdentity((uint Major, uint Minor) Device, ulong Inode, bool IsSocket);
