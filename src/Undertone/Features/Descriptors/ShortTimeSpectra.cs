using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Spectra of overlapping frames, as many frames at a time as a vector of the processor holds: frame f begins at sample
/// f · hop, what lies beyond the audio's end is silence. One object serves one thread at a time; memory does not grow
/// with the audio.
/// </summary>
internal sealed class ShortTimeSpectra
{
    // Frames a block: its samples laid out by phase within the hop stay in the second-level cache.
    private const int BlockFrames = 64;

    // Sixteen-bit audio is read as fractions of 32768; the sets of openSMILE take fractions of 32767.
    private const double FullScale = 32768.0 / 32767;

    private readonly RealFft _fft;
    private readonly float[] _window;
    private readonly int _hop;
    private readonly int _offset;
    private readonly int _rows;
    private readonly AlignedBuffer _first;
    private readonly AlignedBuffer _second;
    private readonly AlignedBuffer _real;
    private readonly AlignedBuffer _imaginary;
    private readonly AlignedBuffer _power;
    private readonly AlignedBuffer _phases;
    private readonly float[] _padded;

    /// <summary>Plans the spectra.</summary>
    /// <param name="window">The window: its length is the frame's.</param>
    /// <param name="hop">The distance between frames, in samples.</param>
    /// <param name="fftLength">The length of the transform, even; frames stand in its middle, between zeros.</param>
    public ShortTimeSpectra(ReadOnlySpan<double> window, int hop, int fftLength)
    {
        _fft = new RealFft(fftLength);
        _hop = hop;
        _offset = (fftLength - window.Length) / 2;
        _window = new float[window.Length];
        for (var n = 0; n < window.Length; n++)
        {
            _window[n] = (float)(window[n] * FullScale * _fft.InputScale);
        }

        var hops = BlockFrames + ((window.Length - 1) / hop) + Vector<float>.Count;
        _rows = ((hops / Vector<float>.Count) | 1) * Vector<float>.Count;
        _rows += _rows < hops ? 2 * Vector<float>.Count : 0;
        _first = new AlignedBuffer(_fft.BufferLanes * Vector<float>.Count);
        _second = new AlignedBuffer(_fft.BufferLanes * Vector<float>.Count);
        _real = new AlignedBuffer(_fft.Bins * Vector<float>.Count);
        _imaginary = new AlignedBuffer(_fft.Bins * Vector<float>.Count);
        _power = new AlignedBuffer(_fft.Bins * Vector<float>.Count);
        _phases = new AlignedBuffer(_rows * hop);
        _padded = new float[_rows * hop];
    }

    /// <summary>The number of frequencies, from 0 Hz to half the sample rate.</summary>
    public int Bins => _fft.Bins;

    /// <summary>The real parts of the frames last loaded: <see cref="Bins"/> lanes.</summary>
    public ReadOnlySpan<VectorLane> Real => _real.Lanes[..Bins];

    /// <summary>The imaginary parts of the frames last loaded: <see cref="Bins"/> lanes.</summary>
    public ReadOnlySpan<VectorLane> Imaginary => _imaginary.Lanes[..Bins];

    /// <summary>The power spectra of the frames last loaded: <see cref="Bins"/> lanes.</summary>
    public ReadOnlySpan<VectorLane> Power => _power.Lanes[..Bins];

    /// <summary>The mean squares of the frames last loaded, before the window.</summary>
    public Vector<float> MeanSquare { get; private set; }

    /// <summary>The number of frames that lie wholly within audio of a length; at least one.</summary>
    /// <param name="samples">The audio's length.</param>
    /// <param name="frameLength">The frame's.</param>
    /// <param name="hop">The distance between frames.</param>
    public static int Frames(int samples, int frameLength, int hop) => 1 + (Math.Max(0, samples - frameLength) / hop);

    /// <summary>Analyses as many frames as a vector holds.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="frame">The first frame: a multiple of the vector's length, 0 or where the last call's frames ended.</param>
    public void Load(ReadOnlySpan<float> samples, int frame)
    {
        Skip(samples, frame);
        var lanes = _first.Lanes[.._fft.BufferLanes];
        lanes[.._offset].Clear();
        lanes[(_offset + _window.Length)..].Clear();
        var phases = _phases.Span;
        var energy = Vector<float>.Zero;
        var at = _offset;
        for (int i = 0, hop = frame % BlockFrames; i < _window.Length; hop++)
        {
            for (int phase = 0, from = hop; phase < _hop && i < _window.Length; phase++, from += _rows)
            {
                var sample = Vector.LoadUnsafe(ref phases[from]);
                energy = Vector.FusedMultiplyAdd(sample, sample, energy);
                lanes[at++] = new VectorLane(sample * new Vector<float>(_window[i++]));
            }
        }

        MeanSquare = energy * new Vector<float>((float)(FullScale * FullScale / _window.Length));
        var real = _real.Lanes;
        var imaginary = _imaginary.Lanes;
        var power = _power.Lanes;
        _fft.Spectrum(_first.Lanes, _second.Lanes, real, imaginary);
        for (var bin = 0; bin < Bins; bin++)
        {
            power[bin] = (real[bin] * real[bin]) + (imaginary[bin] * imaginary[bin]);
        }
    }

    /// <summary>Passes over as many frames as a vector holds, whose spectra nobody wants.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="frame">The first frame, as for <see cref="Load"/>.</param>
    public void Skip(ReadOnlySpan<float> samples, int frame)
    {
        if (frame % BlockFrames == 0)
        {
            LayOut(samples, frame);
        }
    }

    /// <summary>The samples of a block of frames by their phase within the hop: neighbouring frames' samples side by side.</summary>
    private void LayOut(ReadOnlySpan<float> samples, int firstFrame)
    {
        var start = (long)firstFrame * _hop;
        var length = _rows * _hop;
        if (start + length <= samples.Length)
        {
            Transposition.Apply(samples.Slice((int)start, length), _rows, _hop, _hop, _phases.Span, _rows);
            return;
        }

        var inside = (int)Math.Clamp(samples.Length - start, 0, length);
        if (inside > 0)
        {
            samples.Slice((int)start, inside).CopyTo(_padded);
        }

        _padded.AsSpan(inside).Clear();
        Transposition.Apply(_padded, _rows, _hop, _hop, _phases.Span, _rows);
    }
}
