using System.Text.Unicode;

namespace Miru.Protocol;

/// <summary>
/// Accepts exactly RFC 8259 in strict UTF-8. The JSON reader behind it also takes comments, single quotes, unquoted
/// names, octal numbers and trailing commas; what it takes and no other language's parser would must not become part
/// of the contract.
/// </summary>
internal ref struct JsonGrammar
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private JsonGrammar(ReadOnlySpan<byte> text) => _text = text;

    public static bool Accepts(ReadOnlySpan<byte> text)
    {
        var grammar = new JsonGrammar(text);
        return Utf8.IsValid(text) && grammar.Value(depth: 1) && grammar.SkipSpace() == text.Length;
    }

    private bool Value(int depth)
    {
        SkipSpace();
        return depth <= ProtocolLimits.MaxJsonDepth && Peek() switch
        {
            (byte)'{' => Members(depth),
            (byte)'[' => Elements(depth),
            (byte)'"' => String(),
            (byte)'t' => Literal("true"u8),
            (byte)'f' => Literal("false"u8),
            (byte)'n' => Literal("null"u8),
            _ => Number(),
        };
    }

    private bool Members(int depth)
    {
        _at++;
        SkipSpace();
        if (Take((byte)'}'))
        {
            return true;
        }

        do
        {
            SkipSpace();
            if (!String())
            {
                return false;
            }

            SkipSpace();
            if (!Take((byte)':') || !Value(depth + 1))
            {
                return false;
            }

            SkipSpace();
        }
        while (Take((byte)','));

        return Take((byte)'}');
    }

    private bool Elements(int depth)
    {
        _at++;
        SkipSpace();
        if (Take((byte)']'))
        {
            return true;
        }

        do
        {
            if (!Value(depth + 1))
            {
                return false;
            }

            SkipSpace();
        }
        while (Take((byte)','));

        return Take((byte)']');
    }

    private bool String()
    {
        if (!Take((byte)'"'))
        {
            return false;
        }

        while (_at < _text.Length)
        {
            var next = _text[_at++];
            if (next == (byte)'"')
            {
                return true;
            }

            if (next < 0x20 || (next == (byte)'\\' && !Escape()))
            {
                return false;
            }
        }

        return false;
    }

    private bool Escape()
    {
        var kind = Peek();
        _at++;
        if (kind != (byte)'u')
        {
            return kind != 0 && "\"\\/bfnrt"u8.Contains(kind);
        }

        for (var digit = 0; digit < 4; digit++)
        {
            if (!char.IsAsciiHexDigit((char)Peek()))
            {
                return false;
            }

            _at++;
        }

        return true;
    }

    private bool Number()
    {
        Take((byte)'-');
        if (!Take((byte)'0') && !Digits())
        {
            return false;
        }

        if (Take((byte)'.') && !Digits())
        {
            return false;
        }

        if (!Take((byte)'e') && !Take((byte)'E'))
        {
            return true;
        }

        if (!Take((byte)'+'))
        {
            Take((byte)'-');
        }

        return Digits();
    }

    private bool Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit((char)Peek()))
        {
            _at++;
        }

        return _at > start;
    }

    private bool Literal(ReadOnlySpan<byte> word)
    {
        var matches = _text[_at..].StartsWith(word);
        _at += word.Length;
        return matches;
    }

    private int SkipSpace()
    {
        while (Peek() is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _at++;
        }

        return _at;
    }

    private bool Take(byte expected)
    {
        var matches = _at < _text.Length && _text[_at] == expected;
        _at += matches ? 1 : 0;
        return matches;
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : (byte)0;
}
