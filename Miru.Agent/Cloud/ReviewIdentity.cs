namespace Miru.Agent.Cloud;

/// <summary>Command: this computer may be another device than before, or have another key; if so, begin anew as that.</summary>
internal sealed record ReviewIdentity;
