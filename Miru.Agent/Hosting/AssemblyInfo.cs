using System.Runtime.Versioning;

// Unix sockets with peer credentials, file modes, fsync of directories: the agent is a Linux program.
[assembly: SupportedOSPlatform("linux")]
