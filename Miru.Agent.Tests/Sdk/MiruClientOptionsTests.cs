using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class MiruClientOptionsTests
{
    public static TheoryData<string, MiruClientOptions> Wrong => new()
    {
        { "SocketPath", new() { SocketPath = " " } },
        { "path", new() { SocketPath = "/" + new string('x', 108) } },
        { "ApplicationName", new() { ApplicationName = "" } },
        { "ConnectTimeout", new() { ConnectTimeout = TimeSpan.Zero } },
        { "RequestTimeout", new() { RequestTimeout = TimeSpan.FromSeconds(-1) } },
        { "MinBackoff", new() { MinBackoff = TimeSpan.Zero } },
        { "MaxBackoff", new() { MaxBackoff = TimeSpan.FromMilliseconds(99) } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task An_option_out_of_range_is_refused_by_name(string name, MiruClientOptions options)
    {
        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => MiruClient.ConnectAsync(options));

        Assert.Equal(name, refusal.ParamName);
    }
}
