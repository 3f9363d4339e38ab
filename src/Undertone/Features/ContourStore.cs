using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Undertone.Features;

/// <summary>
/// The contours of a recording, which grow at their end block by block and are read one at a time. What a recording has
/// beyond a minute lies in a temporary file that nobody else sees, so that memory does not grow with its length; where
/// there is no place for such a file, all stays in memory. One object serves one recording after the other, and one thread
/// at a time.
/// </summary>
internal sealed class ContourStore : IDisposable
{
    // A minute of frames of 10 ms stays in memory.
    private const int LongestInMemory = 6000;

    // Contours stand one behind the other within a block; the gap keeps them from sharing the cache's sets.
    private const int Gap = 16;
    private const int MostSpares = 20;

    private readonly int _contours;
    private readonly List<Block> _blocks = [];
    private readonly List<float[]> _spares = [];
    private SafeFileHandle? _file;
    private long _fileLength;
    private int _inMemory;
    private bool _noFile;

    /// <summary>Makes an empty store.</summary>
    /// <param name="contours">How many contours.</param>
    public ContourStore(int contours) => _contours = contours;

    /// <summary>How many frames every contour has.</summary>
    public int Frames { get; private set; }

    /// <summary>Forgets the recording.</summary>
    public void Clear()
    {
        foreach (var block in _blocks)
        {
            Spare(block.Values);
        }

        _blocks.Clear();
        _file?.Dispose();
        _file = null;
        (Frames, _inMemory, _fileLength, _noFile) = (0, 0, 0, false);
    }

    /// <summary>Makes room for the next frames.</summary>
    /// <param name="frames">How many.</param>
    /// <returns>Where they are written, until the next call.</returns>
    public ContourBlock Add(int frames)
    {
        if (_inMemory + frames > LongestInMemory)
        {
            ToFile();
        }

        var stride = frames + Gap;
        var values = Room(_contours * stride);
        _blocks.Add(new Block(Frames, frames, stride, values, 0));
        Frames += frames;
        _inMemory += frames;
        return new ContourBlock(values, stride, frames);
    }

    /// <summary>Reads a whole contour.</summary>
    /// <param name="contour">From 0.</param>
    /// <param name="to">Receives <see cref="Frames"/> values.</param>
    public void Read(int contour, Span<float> to) => Read(contour, 0, to[..Frames]);

    /// <summary>Reads a part of a contour.</summary>
    /// <param name="contour">From 0.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="to">Receives as many values as fit; all must be there.</param>
    public void Read(int contour, int first, Span<float> to)
    {
        for (var b = BlockOf(first); !to.IsEmpty; b++)
        {
            var block = _blocks[b];
            var skip = first - block.First;
            var count = Math.Min(block.Frames - skip, to.Length);
            var at = (contour * block.Stride) + skip;
            if (block.Values is { } values)
            {
                values.AsSpan(at, count).CopyTo(to);
            }
            else
            {
                ReadFile(block.FileAt + (at * sizeof(float)), MemoryMarshal.AsBytes(to[..count]));
            }

            to = to[count..];
            first += count;
        }
    }

    /// <summary>Lets go of the recording and its file.</summary>
    public void Dispose() => Clear();

    private static SafeFileHandle TemporaryFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"undertone-{Guid.NewGuid():N}.tmp");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name nobody reads it, and it is gone whatever ends the process.
            File.Delete(path);
        }

        return file;
    }

    private int BlockOf(int frame)
    {
        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _blocks[middle].First <= frame ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Puts what is in memory into the file. A disk that is full or cannot be written leaves the rest where it is.</summary>
    private void ToFile()
    {
        try
        {
            for (var b = 0; b < _blocks.Count && !_noFile; b++)
            {
                if (_blocks[b] is { Values: { } values } block)
                {
                    _file ??= TemporaryFile();
                    var bytes = MemoryMarshal.AsBytes(values.AsSpan(0, _contours * block.Stride));
                    RandomAccess.Write(_file, bytes, _fileLength);
                    _blocks[b] = block with { Values = null, FileAt = _fileLength };
                    _fileLength += bytes.Length;
                    _inMemory -= block.Frames;
                    Spare(values);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _noFile = true;
        }
    }

    private void ReadFile(long at, Span<byte> to)
    {
        while (!to.IsEmpty)
        {
            var read = RandomAccess.Read(_file!, to, at);
            if (read == 0)
            {
                throw new IOException("A temporary file of feature extraction has been cut.");
            }

            to = to[read..];
            at += read;
        }
    }

    private float[] Room(int length)
    {
        for (var i = 0; i < _spares.Count; i++)
        {
            if (_spares[i].Length >= length)
            {
                var values = _spares[i];
                _spares.RemoveAt(i);
                return values;
            }
        }

        // All that are there are too small; a larger one takes the place of one of them.
        if (_spares.Count > 0)
        {
            _spares.RemoveAt(0);
        }

        return new float[Math.Max(length, _contours * (LongRecording.BlockFrames + Gap))];
    }

    private void Spare(float[]? values)
    {
        if (values is not null && _spares.Count < MostSpares)
        {
            _spares.Add(values);
        }
    }

    /// <summary>Some frames of all contours: in memory, or in the file.</summary>
    private readonly record struct Block(int First, int Frames, int Stride, float[]? Values, long FileAt);
}

/// <summary>Where the next frames of every contour are written.</summary>
/// <param name="values">The contours one behind the other.</param>
/// <param name="stride">Their distance.</param>
/// <param name="frames">How many frames.</param>
internal readonly struct ContourBlock(float[] values, int stride, int frames)
{
    /// <summary>How many frames.</summary>
    public int Frames => frames;

    /// <summary>The frames of a contour.</summary>
    /// <param name="contour">From 0.</param>
    public Span<float> this[int contour] => values.AsSpan(contour * stride, frames);
}
