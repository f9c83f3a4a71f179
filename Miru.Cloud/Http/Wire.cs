using System.Text.Encodings.Web;
using System.Text.Json;

namespace Miru.Cloud.Http;

internal static class Wire
{
    /// <summary><see cref="CloudJson"/> with quotes and umlauts as they are: the readers are programs and curl, never a page of HTML.</summary>
    public static readonly CloudJson Json = new(new JsonSerializerOptions(CloudJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
