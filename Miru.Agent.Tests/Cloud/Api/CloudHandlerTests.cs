using Miru.Agent.Cloud.Api;
using Miru.Agent.Settings;
using Xunit;

namespace Miru.Agent.Tests.Cloud.Api;

public sealed class CloudHandlerTests
{
    [Fact]
    public void What_an_unattended_robot_must_not_leave_to_the_defaults_is_set()
    {
        var settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;
        using var handler = CloudHandler.Create(settings);

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(System.Net.DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Equal((5, 300), (handler.ConnectTimeout.TotalSeconds, handler.PooledConnectionLifetime.TotalSeconds));
        Assert.InRange(handler.MaxConnectionsPerServer, settings.ParallelDownloads, 16);
        Assert.InRange(handler.MaxResponseHeadersLength, 1, 64);
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
        Assert.Equal((30, 8 * 1024 * 1024), (settings.RequestTimeout.TotalSeconds, settings.MaxListSize));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/agent/v1", true)]
    [InlineData("http://[::1]:8080/agent/v1", true)]
    [InlineData("http://localhost/agent/v1", true)]
    [InlineData("https://cloud.example/agent/v1", true)]
    [InlineData("http://cloud.example/agent/v1", false)]
    [InlineData("http://127.0.0.1.example/agent/v1", false)]
    [InlineData("http://10.0.0.1/agent/v1", false)]
    [InlineData("https://user:secret@cloud.example/agent/v1", false)]
    [InlineData("ftp://127.0.0.1/agent/v1", false)]
    public void Plain_http_reaches_this_computer_only(string url, bool accepted)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"miru.cloud.url = \"{url}\"");
            var refusal = Record.Exception(() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), file, _ => null));
            Assert.Equal(accepted, refusal is null);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
