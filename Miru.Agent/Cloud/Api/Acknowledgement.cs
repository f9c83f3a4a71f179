namespace Miru.Agent.Cloud.Api;

/// <summary>The cloud took it.</summary>
internal sealed record Acknowledgement;
