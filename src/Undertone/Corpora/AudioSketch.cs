using System.Numerics.Tensors;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>
/// What a recording sounds like, coarsely: the upper 30 dB of 20 mel bands from 100 to 4000 Hz, every 10 ms, from the
/// first to the last frame that rises above them. It does not change with gain, with silence before and after, and
/// little with re-encoding, resampling or the noise of the last bits; it does change with another take.
/// </summary>
internal sealed class AudioSketch
{
    private const int Bands = 20;
    private const float Range = 30;

    // A frame counts as sounding where a band rises this much above the floor, in dB.
    private const float Sounding = 3;

    // Frames by which the alignment of two centres of gravity may be off.
    private const int Slack = 5;

    private static readonly LogMel Spectrum = new(new LogMelOptions
    {
        FftLength = 512,
        WindowLength = 512,
        Bands = Bands,
        LowestFrequency = 100,
        HighestFrequency = 4000,
        Log = LogCompression.Decibel,
        LogFloor = 1e-16,
        Reference = null,
        TopDecibels = Range,
    });

    private readonly byte[] _values;
    private readonly float[] _bandMasses = new float[Bands];
    private readonly float[] _bandShares = new float[Bands];
    private readonly double _centre;
    private readonly double _spread;
    private readonly double _squares;

    private AudioSketch(ReadOnlySpan<float> decibels)
    {
        // Eighths of a decibel above the floor fit a byte.
        _values = new byte[decibels.Length];
        var frames = decibels.Length / Bands;
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < decibels.Length; i++)
        {
            _values[i] = (byte)MathF.Round(8 * Math.Clamp(decibels[i] + Range, 0, Range));
            var (frame, value) = (i / Bands, (double)_values[i]);
            Mass += value;
            _squares += value * value;
            _bandMasses[i % Bands] += (float)value;
            first += frame * value;
            second += frame * (double)frame * value;
        }

        Frames = frames;
        if (Mass > 0)
        {
            _centre = first / Mass;
            _spread = Math.Sqrt(Math.Max(0, (second / Mass) - (_centre * _centre)));
            TensorPrimitives.Divide(_bandMasses, (float)Mass, _bandShares);
        }
    }

    /// <summary>The number of frames, silence at the ends left away.</summary>
    public int Frames { get; }

    /// <summary>All values together: much the same in recordings that sound alike, so that they stand near each other when sorted by it.</summary>
    public double Mass { get; }

    /// <summary>Sketches a recording.</summary>
    /// <param name="audio">Mono audio at 16 kHz.</param>
    public static AudioSketch Of(Waveform audio)
    {
        var spectrum = Spectrum.Extract(Levelled(audio));
        var (first, last) = (0, spectrum.Frames - 1);
        while (first < last && !Sounds(spectrum[first]))
        {
            first++;
        }

        while (last > first && !Sounds(spectrum[last]))
        {
            last--;
        }

        return new AudioSketch(spectrum.Values.AsSpan(first * Bands, (last - first + 1) * Bands));

        static bool Sounds(ReadOnlySpan<float> frame) => TensorPrimitives.Max(frame) > Sounding - Range;
    }

    // Float files may hold any amplitude; the level makes no difference here.
    private static Waveform Levelled(Waveform audio)
    {
        var loudest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(audio.Samples));
        if (loudest <= 1)
        {
            return audio;
        }

        var samples = new float[audio.Samples.Length];
        TensorPrimitives.Divide(audio.Samples, loudest, samples);
        return audio with { Samples = samples };
    }

    /// <summary>Whether two recordings can be near-identical at all, by what costs next to nothing to compare.</summary>
    public bool Resembles(AudioSketch other) =>
        Math.Abs(_spread - other._spread) <= 0.05 * Math.Max(_spread, other._spread)
        && TensorPrimitives.Distance<float>(_bandShares, other._bandShares) <= 0.03f;

    /// <summary>
    /// The correlation of two sketches in time, each band about its own mean, where their centres of gravity lie over each other, or up to 50 ms beside; what
    /// lies beyond the other's ends is compared with silence. A steady tone is like no other by its mere colour. NaN-free: 0 where one of them never changes.
    /// </summary>
    public double Similarity(AudioSketch other)
    {
        var lag = (int)Math.Round(_centre - other._centre);
        var mine = new float[_values.Length];
        var theirs = new float[other._values.Length];
        TensorPrimitives.ConvertTruncating<byte, float>(_values, mine);
        TensorPrimitives.ConvertTruncating<byte, float>(other._values, theirs);
        var best = 0.0;
        for (var shift = lag - Slack; shift <= lag + Slack; shift++)
        {
            // Frame f of the other lies over frame f + shift of this one.
            var (start, end) = (Math.Max(0, shift), Math.Min(Frames, other.Frames + shift));
            if (end <= start)
            {
                continue;
            }

            var product = TensorPrimitives.Dot<float>(
                mine.AsSpan(start * Bands, (end - start) * Bands), theirs.AsSpan((start - shift) * Bands, (end - start) * Bands));
            var count = Math.Max(Frames, other.Frames + shift) - Math.Min(0, shift);
            var covariance = product - Means(_bandMasses, other._bandMasses, count);
            var scale = (_squares - Means(_bandMasses, _bandMasses, count)) * (other._squares - Means(other._bandMasses, other._bandMasses, count));
            best = scale > 0 ? Math.Max(best, covariance / Math.Sqrt(scale)) : best;
        }

        return best;

        static double Means(float[] a, float[] b, int frames) => TensorPrimitives.Dot<float>(a, b) / frames;
    }
}
