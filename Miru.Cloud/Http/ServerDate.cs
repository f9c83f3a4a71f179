namespace Miru.Cloud.Http;

/// <summary>
/// Sends the server's own clock as <c>Date</c>. Devices with a wrong clock correct the times they sign by it, so it must be the clock that judges them.
/// </summary>
internal sealed class ServerDate(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Stamp, context.Response);
        return next(context);
    }

    private Task Stamp(object response)
    {
        ((HttpResponse)response).Headers.Date = time.GetUtcNow().ToString("R");
        return Task.CompletedTask;
    }
}
