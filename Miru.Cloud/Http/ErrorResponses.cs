namespace Miru.Cloud.Http;

/// <summary>The outermost middleware: whatever goes wrong further in, the client gets the contract's envelope.</summary>
internal sealed partial class ErrorResponses(RequestDelegate next, ILogger<ErrorResponses> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false })
            {
                await WriteAsync(context, FromStatus(context.Response.StatusCode), keepHeaders: true);
            }
        }
        catch (ApiException refusal)
        {
            await WriteAsync(context, refusal);
        }
        catch (BadHttpRequestException refusal)
        {
            await WriteAsync(context, FromStatus(refusal.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody reads an answer.
        }
        catch (Exception failure)
        {
            LogFailure(logger, failure, context.Request.Method, context.Request.Path);
            await WriteAsync(context, FromStatus(StatusCodes.Status500InternalServerError));
        }
    }

    private static async Task WriteAsync(HttpContext context, ApiException refusal, bool keepHeaders = false)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer is out: only a broken connection tells the client so.
            context.Abort();
            return;
        }

        if (!keepHeaders)
        {
            // Headers of the answer that was being built (an ETag, a length) would lie about this one.
            context.Response.Clear();
        }

        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.Headers.CacheControl = "no-store";
        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        var body = new ErrorEnvelope(new ErrorBody(refusal.Code, refusal.Params, refusal.Message));
        await context.WriteJsonAsync(body, Wire.Json.ErrorEnvelope);
    }

    private static ApiException FromStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, ErrorCodes.RouteNotFound, "This server has no such path; check the URL and its version prefix."),
        StatusCodes.Status405MethodNotAllowed => new(status, ErrorCodes.MethodNotAllowed, "This path does not take this method; see the Allow header."),
        StatusCodes.Status413PayloadTooLarge => new(status, ErrorCodes.TooLarge, "The request body is larger than this path takes."),
        StatusCodes.Status416RangeNotSatisfiable => new(status, ErrorCodes.RangeNotSatisfiable, "The range lies outside the content; see the Content-Range header."),
        StatusCodes.Status500InternalServerError => new(status, ErrorCodes.InternalServerError, "The server failed; its log says why."),
        _ => new(status, ErrorCodes.RequestRefused, "The server refused the request as malformed."),
    };

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception failure, string method, PathString path);
}
