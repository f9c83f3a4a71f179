using System.Text.Json.Serialization;
using Miru.Cloud.Admin;
using Miru.Cloud.Agent;
using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Identity;
using Miru.Cloud.Releases;

namespace Miru.Cloud.Http;

/// <summary>Every JSON document that enters or leaves the server.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(AdminDeploymentResource))]
[JsonSerializable(typeof(AdminDeviceResource))]
[JsonSerializable(typeof(AdminReleaseResource))]
[JsonSerializable(typeof(CreateDeploymentRequest))]
[JsonSerializable(typeof(CreateReleaseRequest))]
[JsonSerializable(typeof(DeploymentReport))]
[JsonSerializable(typeof(DeploymentResource))]
[JsonSerializable(typeof(DeploymentsResource))]
[JsonSerializable(typeof(DeviceClaims))]
[JsonSerializable(typeof(DeviceResource))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(MintTokenRequest))]
[JsonSerializable(typeof(PageResource<AdminDeploymentResource>))]
[JsonSerializable(typeof(PageResource<AdminDeviceResource>))]
[JsonSerializable(typeof(PageResource<AdminReleaseResource>))]
[JsonSerializable(typeof(PageResource<DeploymentResource>))]
[JsonSerializable(typeof(ProvisionDeviceRequest))]
[JsonSerializable(typeof(ReleaseResource))]
[JsonSerializable(typeof(TokenResource))]
[JsonSerializable(typeof(UpdateDeviceRequest))]
[JsonSerializable(typeof(VersionResource))]
internal sealed partial class CloudJson : JsonSerializerContext;
