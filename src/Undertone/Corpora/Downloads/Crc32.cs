namespace Undertone.Corpora.Downloads;

/// <summary>CRC-32 as ZIP uses it (ISO/IEC 13239, reflected polynomial EDB88320). The runtime does not verify it when it reads an entry.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    private uint _complement;

    /// <summary>The checksum of the bytes so far.</summary>
    public readonly uint Value => _complement;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var c = ~_complement;
        foreach (var b in bytes)
        {
            c = Table[(byte)(c ^ b)] ^ (c >> 8);
        }

        _complement = ~c;
    }
}
