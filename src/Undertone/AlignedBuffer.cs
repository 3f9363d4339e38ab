using System.Runtime.InteropServices;

namespace Undertone;

/// <summary>Floats that begin at a cache line: a vector that straddles two lines costs two loads.</summary>
internal sealed class AlignedBuffer
{
    private const int LineBytes = 64;

    private readonly float[] _array;
    private readonly int _offset;

    public AlignedBuffer(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + (LineBytes / sizeof(float)), pinned: true);
        var address = (long)Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _offset = (int)(((LineBytes - (address % LineBytes)) % LineBytes) / sizeof(float));
    }

    public int Length { get; }

    public Span<float> Span => _array.AsSpan(_offset, Length);

    public Span<VectorLane> Lanes => MemoryMarshal.Cast<float, VectorLane>(Span);
}
