using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Miru.Cloud.Http;

/// <summary>JSON in and out, with the errors the contract wants instead of the framework's bare ones.</summary>
internal static class JsonBodies
{
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw NotJson("$", "it is null");
        }
        catch (JsonException wrong)
        {
            throw NotJson(wrong.Path ?? "$", $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}");
        }
    }

    public static Task WriteJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static ApiException NotJson(string path, string where) => new(
        StatusCodes.Status400BadRequest,
        ErrorCodes.InvalidJson,
        $"The request body is not the JSON this path takes: check {path} ({where}).",
        ("path", path));
}
