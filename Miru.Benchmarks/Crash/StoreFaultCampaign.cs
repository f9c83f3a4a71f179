namespace Miru.Benchmarks.Crash;

/// <summary>Damages copies of a store, one fault at a time, and judges what the agent makes of each.</summary>
internal sealed class StoreFaultCampaign : IDisposable
{
    private readonly string _root;
    private readonly StoreSpecimen _specimen;
    private readonly SortedDictionary<(string Kind, StoreVerdict Verdict), int> _verdicts = [];
    private readonly List<string> _violations = [];

    /// <param name="root">An existing directory for copies; memory is quickest, and nothing here depends on the disk.</param>
    /// <param name="killed">See <see cref="StoreSpecimen.Make"/>.</param>
    public StoreFaultCampaign(string root, bool killed)
    {
        _root = Path.Combine(root, $"store-faults-{Environment.ProcessId}-{(killed ? "killed" : "closed")}");
        var origin = Directory.CreateDirectory(Path.Combine(_root, "origin"));
        _specimen = StoreSpecimen.Make(origin.FullName, killed);
    }

    public int Trials => _verdicts.Values.Sum();

    /// <summary>How many faults of a kind were judged how.</summary>
    public IReadOnlyDictionary<(string Kind, StoreVerdict Verdict), int> Verdicts => _verdicts;

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Bytes of the files that the store consists of; the shared-memory file is rebuilt by SQLite and not looked at after a crash.</summary>
    public IEnumerable<string> FileNames => _specimen.Files.Keys.Where(name => name.StartsWith("store.", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public int Length(string file) => _specimen.Files[file].Length;

    /// <summary>One bit of each byte of each file; which one goes round.</summary>
    /// <param name="stride">Bytes from one flip to the next; 1 flips them all.</param>
    /// <param name="allBits">All eight bits of each byte.</param>
    public void FlipBits(int stride, bool allBits = false)
    {
        foreach (var file in FileNames)
        {
            for (var at = 0; at < Length(file); at += stride)
            {
                for (var bit = allBits ? 0 : (at / stride) % 8; bit < 8; bit += allBits ? 1 : 8)
                {
                    var (offset, mask) = (at, (byte)(1 << bit));
                    Try($"flip {file}", $"bit {bit} of byte {at} of {file}", file, bytes =>
                    {
                        bytes[offset] ^= mask;
                        return bytes;
                    });
                }
            }
        }
    }

    /// <summary>Each file cut at each length.</summary>
    public void Truncate(int stride)
    {
        foreach (var file in FileNames)
        {
            for (var length = 0; length < Length(file); length += stride)
            {
                var kept = length;
                Try($"cut {file}", $"{file} cut to {length} bytes", file, bytes => bytes[..kept]);
            }
        }
    }

    /// <summary>Each 4 KiB of each file filled with one byte.</summary>
    public void FillPages(byte with)
    {
        foreach (var file in FileNames)
        {
            for (var at = 0; at < Length(file); at += 4096)
            {
                var offset = at;
                Try($"fill {file}", $"page at {at} of {file} filled with {with}", file, bytes =>
                {
                    bytes.AsSpan(offset, Math.Min(4096, bytes.Length - offset)).Fill(with);
                    return bytes;
                });
            }
        }
    }

    /// <summary>One fault in a file; null removes it.</summary>
    public void Try(string kind, string fault, string file, Func<byte[], byte[]?> damage)
    {
        var trial = Directory.CreateDirectory(Path.Combine(_root, "trial")).FullName;
        foreach (var (name, bytes) in _specimen.Files)
        {
            if ((name == file ? damage([.. bytes]) : bytes) is { } written)
            {
                File.WriteAllBytes(Path.Combine(trial, name), written);
            }
        }

        if (_specimen.Judge(trial, out var verdict) is { } violation)
        {
            _violations.Add($"{fault}: {violation}");
        }

        _verdicts[(kind, verdict)] = _verdicts.GetValueOrDefault((kind, verdict)) + 1;
        Directory.Delete(trial, recursive: true);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
