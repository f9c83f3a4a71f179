namespace Miru.Agent.Configs;

/// <summary>What another agent had in place on this device, as the store takes it from the cloud.</summary>
internal sealed record AdoptedDeployment(FetchedDeployment Deployment, IReadOnlyList<KeepContent> Contents);
