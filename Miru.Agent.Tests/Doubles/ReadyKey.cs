using System.Security.Cryptography;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A device key that was made once for all tests: making one of full size takes seconds, and few tests are about that.</summary>
internal static class ReadyKey
{
    private static readonly Lazy<string> Pem = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    /// <summary>Puts the key where an agent with this state directory finds it.</summary>
    public static void PlaceIn(string stateDirectory)
    {
        Directory.CreateDirectory(Path.Combine(stateDirectory, "auth"));
        File.WriteAllText(Path.Combine(stateDirectory, "auth", "private_key.pem"), Pem.Value);
    }
}
