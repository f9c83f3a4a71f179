using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>
/// One JSON value after the other, each as UTF-8 in an array of its own. A thread keeps its encoder, because making a writer costs as much as
/// writing a header with it, and a push makes two headers between a commit and the application.
/// </summary>
internal sealed class JsonEncoder
{
    // A header has room in it; the list of many configs need not stay.
    private const int MaxKept = 2 * ProtocolLimits.MaxHeader;

    [ThreadStatic]
    private static JsonEncoder? _spare;

    private readonly TextBuffer _text = new();
    private readonly JsonTextWriter _json;

    private JsonEncoder() => _json = new JsonTextWriter(_text);

    /// <param name="state">Handed to <paramref name="write"/>, so that nothing is captured.</param>
    /// <param name="write">Writes one whole value. If it throws, nothing of it is kept.</param>
    public static byte[] Encode<T>(T state, Action<JsonWriter, T> write)
    {
        var encoder = _spare ?? new JsonEncoder();
        _spare = null;
        write(encoder._json, state);
        var bytes = encoder._text.Take();
        _spare = encoder._text.Capacity <= MaxKept ? encoder : null;
        return bytes;
    }

    /// <summary>Where the writer writes: characters, until they are taken.</summary>
    private sealed class TextBuffer() : TextWriter(CultureInfo.InvariantCulture)
    {
        private char[] _characters = new char[512];
        private int _count;

        public override Encoding Encoding => Encoding.UTF8;

        public int Capacity => _characters.Length;

        public byte[] Take()
        {
            var bytes = Encoding.UTF8.GetBytes(_characters, 0, _count);
            _count = 0;
            return bytes;
        }

        public override void Write(char value)
        {
            Reserve(1);
            _characters[_count++] = value;
        }

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Reserve(buffer.Length);
            buffer.CopyTo(_characters.AsSpan(_count));
            _count += buffer.Length;
        }

        private void Reserve(int more)
        {
            if (_characters.Length - _count < more)
            {
                Array.Resize(ref _characters, Math.Max(2 * _characters.Length, _count + more));
            }
        }
    }
}
