namespace Miru.Cloud.Http;

internal static class RouteValues
{
    /// <summary>A parameter of the matched path.</summary>
    public static string RouteText(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
