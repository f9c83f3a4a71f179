using System.Security.Cryptography;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

/// <summary>A robot that changes over from the agent written in Rust stays the device it is to the cloud.</summary>
public sealed class RustAgentIdentityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Its_device_file_names_the_device()
    {
        File.WriteAllText(_directory.File("device.json"), """
            {
              "device_id": "dvc_1",
              "session_id": "sess_1",
              "name": "arm-7",
              "agent_version": "v0.9.0",
              "activated": true,
              "status": "offline",
              "last_synced_at": "2026-05-03T10:00:00Z",
              "last_connected_at": "2026-05-03T10:00:00Z",
              "last_disconnected_at": "1970-01-01T00:00:00Z"
            }
            """);

        Assert.Equal(new DeviceIdentity("dvc_1", "sess_1", "arm-7"), DeviceIdentity.TryLoad(_directory.FullName));
    }

    /// <summary>Older ones of it wrote PKCS#1, later ones PKCS#8.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Its_key_is_the_device_key(bool older)
    {
        using var rsa = RSA.Create(2048);
        Directory.CreateDirectory(_directory.File("auth"));
        File.WriteAllText(_directory.File("auth/private_key.pem"), (older ? rsa.ExportRSAPrivateKeyPem() : rsa.ExportPkcs8PrivateKeyPem()) + "\n");

        using var key = DeviceKey.TryLoad(_directory.FullName);

        Assert.Equal(rsa.ExportSubjectPublicKeyInfoPem() + "\n", key?.PublicKeyPem);
    }
}
