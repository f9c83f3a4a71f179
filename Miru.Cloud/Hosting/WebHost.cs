using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Miru.Cloud.Admin;
using Miru.Cloud.Agent;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Identity;

namespace Miru.Cloud.Hosting;

/// <summary>Kestrel and the pipeline: error envelope, limits, who may come in, then the two APIs.</summary>
internal static class WebHost
{
    private const string AgentApi = "/agent/v1";
    private const string AdminApi = "/admin/v1";

    /// <summary>What any request but a release may carry: keys and statuses are small.</summary>
    private const long MaxBodyBytes = 64 * 1024;

    /// <summary>A release travels in one body, its contents in base64.</summary>
    private const long MaxReleaseBodyBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    public static WebApplication Build(CloudOptions options, CloudState state)
    {
        // Empty, not slim: variables and files meant for the embedding program must not configure this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton(options.LoggerFactory));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(new EmbeddedLifetime()));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        var app = builder.Build();
        foreach (var address in ListenAddresses.Parse(options.Urls))
        {
            app.Urls.Add(address);
        }

        app.UseMiddleware<ServerDate>(state.Time);
        app.UseMiddleware<ErrorResponses>();
        app.Use((context, next) => Admit(context, next, state.AdminKeys));
        MapAgentApi(app.MapGroup(AgentApi), state);
        MapAdminApi(app.MapGroup(AdminApi), state);
        return app;
    }

    private static Task Admit(HttpContext context, RequestDelegate next, AdminKeys adminKeys)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(AgentApi))
        {
            Contract.RequireVersion(context);
        }
        else if (path.StartsWithSegments(AdminApi, out var rest))
        {
            adminKeys.Require(context);
            if (rest == "/releases")
            {
                context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxReleaseBodyBytes;
            }
        }

        return next(context);
    }

    private static void MapAgentApi(RouteGroupBuilder routes, CloudState state)
    {
        var (database, tokens, changes, presence, time) = (state.Database, state.Tokens, state.Changes, state.Presence, state.Time);
        var sessions = new DeviceSessions(database, tokens, presence);
        VersionEndpoint.Map(routes);
        new DeviceEndpoints(database, sessions, tokens, presence, changes, time).Map(routes);
        new DeploymentList(database, sessions, changes, state.Epoch, state.PollInterval).Map(routes);
        new DeploymentEndpoints(database, sessions, state.Reports, time).Map(routes);
        new ReleaseEndpoints(database, sessions).Map(routes);
    }

    private static void MapAdminApi(RouteGroupBuilder routes, CloudState state)
    {
        new AdminDeviceEndpoints(state.Database, state.Presence, state.Changes, state.Time).Map(routes);
        new AdminReleaseEndpoints(state.Database, state.Time).Map(routes);
        new AdminDeploymentEndpoints(state.Database, state.Changes, state.Reports, state.Time).Map(routes);
    }
}
