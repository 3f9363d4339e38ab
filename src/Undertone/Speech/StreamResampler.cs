using System.Runtime.InteropServices;

namespace Undertone.Speech;

/// <summary>Changes the sample rate of audio that comes in blocks: the samples are those of <see cref="Resampler"/>.</summary>
internal sealed unsafe class StreamResampler : SafeHandle
{
    private readonly int _from;
    private readonly int _to;
    private readonly Source _source;
    private readonly float[] _input = new float[1 << 15];
    private int _at;
    private int _pending;
    private long _read;
    private long _written;
    private bool _ended;

    /// <summary>Plans it.</summary>
    /// <param name="from">The rate that the audio has, in Hz.</param>
    /// <param name="to">The rate wanted.</param>
    /// <param name="source">Gives the audio.</param>
    /// <exception cref="UndertoneException">libsoxr is missing or refuses.</exception>
    public StreamResampler(int from, int to, Source source)
        : base(0, ownsHandle: true)
    {
        (_from, _to, _source) = (from, to, source);
        var quality = Soxr.Quality(new CULong(Soxr.HighQuality), new CULong(0));
        nint error;
        SetHandle(Soxr.Create(from, to, 1, &error, null, &quality, null));
        Check(error);
    }

    /// <summary>Reads what comes next: all that fits, less only where the audio ends, then 0.</summary>
    public delegate int Source(Span<float> samples);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Reads resampled audio, as <see cref="Source"/> does.</summary>
    public int Read(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length)
        {
            if (!_ended && _pending == 0)
            {
                (_at, _pending) = (0, _source(_input));
                _read += _pending;
                _ended = _pending == 0;
            }

            var made = Process(samples[done..]);
            done += made;
            if (_ended && made == 0)
            {
                break;
            }
        }

        _written += done;
        return _ended ? ToLength(samples, done) : done;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Soxr.Delete(handle);
        return true;
    }

    private int Process(Span<float> samples)
    {
        nuint taken, made;
        fixed (float* input = _input, output = samples)
        {
            Check(Soxr.Process(handle, _ended ? null : input + _at, (nuint)_pending, &taken, output, (nuint)samples.Length, &made));
        }

        _at += (int)taken;
        _pending -= (int)taken;
        return (int)made;
    }

    /// <summary>⌈n · wanted / present⌉ samples in all: what the filter gives beyond is cut, what it lacks is 0.</summary>
    private int ToLength(Span<float> samples, int done)
    {
        var length = ((_read * _to) + _from - 1) / _from;
        var count = done + (int)Math.Clamp(length - _written, -done, samples.Length - done);
        if (count > done)
        {
            samples[done..count].Clear();
        }

        _written += count - done;
        return count;
    }

    private void Check(nint error)
    {
        if (error != 0)
        {
            throw new UndertoneException($"libsoxr cannot resample from {_from} Hz to {_to} Hz: {Marshal.PtrToStringUTF8(error)}.");
        }
    }
}
