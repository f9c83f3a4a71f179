namespace Miru.Agent.Deployments.Files;

internal enum FileKind
{
    Regular,
    Directory,
    SymbolicLink,

    /// <summary>A pipe, a socket or a device: opening one could block or do things.</summary>
    Special,
}
