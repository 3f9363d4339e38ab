using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Computes compressed mel spectra, as many frames at a time as a vector of the processor holds. The signal is first
/// laid out by its phase within the hop: sample p of every hop side by side, so that sample n of neighbouring frames
/// is one vector, loaded without gathering.
/// </summary>
internal sealed class MelSpectrogram
{
    // Frames a block: its samples laid out by phase stay in the second-level cache.
    private const int BlockFrames = 64;

    // Beyond this the power of a frame might overflow.
    private const float Loudest = 1e12f;

    private readonly string _set;
    private readonly LogMelOptions _options;
    private readonly RealFft _fft;
    private readonly FilterBank _bank;
    private readonly float[] _window;
    private readonly int _rows;
    private readonly ConcurrentBag<Scratch> _spares = [];

    /// <summary>Plans the spectra; other bands than mel's where a bank is given.</summary>
    public MelSpectrogram(LogMelOptions options, string set, FilterBank? bank = null)
    {
        options.Check(set);
        _set = set;
        _options = options;
        _fft = new RealFft(options.FftLength);
        _bank = bank ?? new MelFilterBank(
            options.Bands, _fft.Bins, options.SampleRate, options.LowestFrequency, options.HighestFrequency ?? options.SampleRate / 2.0, options.Scale, options.BandNormalisation).Weights;
        _window = Window(options.Window, options.WindowLength);
        TensorPrimitives.Multiply(_window, _fft.InputScale, _window);

        // An odd number of vectors a row: rows a power of two apart would share the cache's sets.
        var hops = BlockFrames + ((options.WindowLength - 1) / options.HopLength) + Vector<float>.Count;
        _rows = ((hops / Vector<float>.Count) | 1) * Vector<float>.Count;
        _rows += _rows < hops ? 2 * Vector<float>.Count : 0;
    }

    public int Bands => _bank.Bands;

    /// <summary>The number of frames of audio of a length.</summary>
    public int Frames(int samples) => _options.Centre
        ? 1 + (samples / _options.HopLength)
        : 1 + (Math.Max(0, samples - _options.FftLength) / _options.HopLength);

    /// <summary>Refuses audio that cannot be analysed, then returns the number of its frames.</summary>
    public int CheckedFrames(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.SampleRate != _options.SampleRate)
        {
            throw new UndertoneException($"{_set}: the audio has {waveform.SampleRate} Hz; the settings expect {_options.SampleRate} Hz. Resample it, or set sample-rate.");
        }

        if (waveform.Samples.Length == 0)
        {
            throw new UndertoneException($"{_set}: the audio is empty; expected at least one sample.");
        }

        // MaxMagnitude passes NaN on.
        var loudest = TensorPrimitives.MaxMagnitude<float>(waveform.Samples);
        if (!(MathF.Abs(loudest) <= Loudest))
        {
            throw new UndertoneException(
                float.IsFinite(loudest)
                    ? FormattableString.Invariant($"{_set}: the audio's amplitudes reach {loudest}; expected about 1. Is it scaled wrongly?")
                    : $"{_set}: the audio holds samples that are not finite numbers; expected amplitudes of about 1.");
        }

        return Frames(waveform.Samples.Length);
    }

    /// <summary>Computes compressed mel spectra.</summary>
    /// <param name="samples">Checked audio.</param>
    /// <param name="to">Receives frame f at f · stride.</param>
    /// <param name="frames">The number of frames.</param>
    /// <param name="stride">The distance between frames in <paramref name="to"/>, at least the number of bands.</param>
    /// <param name="from">The first frame, for audio that is analysed piece by piece; ranges below the greatest value are then the piece's.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> to, int frames, int stride, int from = 0)
    {
        var scratch = _spares.TryTake(out var spare) ? spare : new Scratch(this);
        for (var first = 0; first < frames; first += BlockFrames)
        {
            LayOut(samples, from + first, scratch);
            var count = Math.Min(BlockFrames, frames - first);
            for (var frame = 0; frame < count; frame += Vector<float>.Count)
            {
                LoadFrames(scratch, frame);
                var power = scratch.Power.Lanes[.._fft.Bins];
                _fft.Power(scratch.First.Lanes, scratch.Second.Lanes, power);
                if (_options.Power == 1)
                {
                    for (var bin = 0; bin < power.Length; bin++)
                    {
                        power[bin] = new VectorLane(Vector.SquareRoot(power[bin].Value));
                    }
                }

                _bank.Apply<VectorLane>(power, scratch.Energies.Lanes);
                var lanes = Math.Min(Vector<float>.Count, count - frame);
                Transposition.Apply(scratch.Energies.Span, Bands, lanes, Vector<float>.Count, to[((first + frame) * stride)..], stride);
            }
        }

        _spares.Add(scratch);
        Compress(to, frames, stride);
    }

    private static float[] Window(WindowShape shape, int length)
    {
        var window = new float[length];
        for (var n = 0; n < length; n++)
        {
            var angle = 2 * Math.PI * n / length;
            window[n] = (float)(shape switch
            {
                WindowShape.Hann => 0.5 - (0.5 * Math.Cos(angle)),
                WindowShape.Hamming => 0.54 - (0.46 * Math.Cos(angle)),
                WindowShape.Blackman => 0.42 - (0.5 * Math.Cos(angle)) + (0.08 * Math.Cos(2 * angle)),
                _ => 1,
            });
        }

        return window;
    }

    /// <summary>The sample at an index that may lie beyond the ends by up to the padding.</summary>
    private float Padded(ReadOnlySpan<float> samples, long index)
    {
        if (index >= 0 && index < samples.Length)
        {
            return samples[(int)index];
        }

        var padding = _options.Centre && _options.Padding == FramePadding.Reflect ? _options.FftLength / 2 : 0;
        if (index < -padding || index >= samples.Length + (long)padding)
        {
            return 0;
        }

        var period = Math.Max(1, 2L * (samples.Length - 1));
        var turned = ((index % period) + period) % period;
        return samples[(int)(turned < samples.Length ? turned : period - turned)];
    }

    private void LayOut(ReadOnlySpan<float> samples, int firstFrame, Scratch scratch)
    {
        var start = ((long)firstFrame * _options.HopLength) + ((_options.FftLength - _options.WindowLength) / 2) - (_options.Centre ? _options.FftLength / 2 : 0);
        var length = _rows * _options.HopLength;
        if (start >= 0 && start + length <= samples.Length)
        {
            Transposition.Apply(samples.Slice((int)start, length), _rows, _options.HopLength, _options.HopLength, scratch.Phases.Span, _rows);
            return;
        }

        var padded = scratch.Padded;
        var inside = Math.Clamp(-start, 0, length);
        var end = Math.Clamp(samples.Length - start, inside, length);
        for (var i = 0; i < inside; i++)
        {
            padded[i] = Padded(samples, start + i);
        }

        if (end > inside)
        {
            samples.Slice((int)(start + inside), (int)(end - inside)).CopyTo(padded.AsSpan((int)inside));
        }

        for (var i = end; i < length; i++)
        {
            padded[i] = Padded(samples, start + i);
        }

        Transposition.Apply(padded, _rows, _options.HopLength, _options.HopLength, scratch.Phases.Span, _rows);
    }

    /// <summary>Windows one vector of frames; what lies outside the window stays zero.</summary>
    private void LoadFrames(Scratch scratch, int frame)
    {
        var lanes = scratch.First.Lanes;
        var step = _fft.BufferLanes / _options.FftLength > 1 ? 2 : 1;
        lanes[.._fft.BufferLanes].Clear();
        var at = (_options.FftLength - _options.WindowLength) / 2 * step;
        var phases = scratch.Phases.Span;
        for (int i = 0, hop = frame; i < _window.Length; hop++)
        {
            for (int phase = 0, from = hop; phase < _options.HopLength && i < _window.Length; phase++, from += _rows)
            {
                lanes[at] = new VectorLane(Vector.LoadUnsafe(ref phases[from]) * new Vector<float>(_window[i]));
                at += step;
                i++;
            }
        }
    }

    private void Compress(Span<float> to, int frames, int stride)
    {
        if (_options.Log == LogCompression.None)
        {
            return;
        }

        if (stride == Bands)
        {
            CompressRun(to[..(frames * stride)]);
            LimitRange(to, frames, stride);
            return;
        }

        for (var frame = 0; frame < frames; frame++)
        {
            CompressRun(to.Slice(frame * stride, Bands));
        }

        LimitRange(to, frames, stride);
    }

    private void CompressRun(Span<float> energies)
    {
        var floor = (float)_options.LogFloor;
        switch (_options.Log)
        {
            case LogCompression.Natural:
                TensorPrimitives.Add(energies, floor, energies);
                TensorPrimitives.Log(energies, energies);
                break;
            case LogCompression.NaturalClamped:
                TensorPrimitives.Max(energies, floor, energies);
                TensorPrimitives.Log(energies, energies);
                break;
            default:
                TensorPrimitives.Max(energies, floor, energies);
                TensorPrimitives.Log(energies, energies);
                TensorPrimitives.Multiply(energies, (float)((_options.Power == 1 ? 20 : 10) / Math.Log(10)), energies);
                break;
        }
    }

    private void LimitRange(Span<float> to, int frames, int stride)
    {
        if (_options.Log != LogCompression.Decibel || (_options is { Reference: 1, TopDecibels: null } && _options.LogFloor <= 1))
        {
            return;
        }

        var greatest = float.NegativeInfinity;
        for (var frame = 0; frame < frames; frame++)
        {
            greatest = Math.Max(greatest, TensorPrimitives.Max<float>(to.Slice(frame * stride, Bands)));
        }

        var reference = _options.Reference is { } given
            ? (float)((_options.Power == 1 ? 20 : 10) * Math.Log10(Math.Max(given, _options.LogFloor)))
            : greatest;
        var least = _options.TopDecibels is { } top ? greatest - (float)top : float.NegativeInfinity;
        for (var frame = 0; frame < frames; frame++)
        {
            var row = to.Slice(frame * stride, Bands);
            TensorPrimitives.Max(row, least, row);
            if (reference != 0)
            {
                TensorPrimitives.Subtract(row, reference, row);
            }
        }
    }

    /// <summary>What one call needs to work in; as many are kept as calls ran at once.</summary>
    private sealed class Scratch(MelSpectrogram owner)
    {
        public AlignedBuffer First { get; } = new(owner._fft.BufferLanes * Vector<float>.Count);

        public AlignedBuffer Second { get; } = new(owner._fft.BufferLanes * Vector<float>.Count);

        public AlignedBuffer Power { get; } = new(owner._fft.Bins * Vector<float>.Count);

        public AlignedBuffer Energies { get; } = new(owner.Bands * Vector<float>.Count);

        public AlignedBuffer Phases { get; } = new(owner._rows * owner._options.HopLength);

        public float[] Padded { get; } = new float[owner._rows * owner._options.HopLength];
    }
}
