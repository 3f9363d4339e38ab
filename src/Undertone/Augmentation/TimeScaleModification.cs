using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Speaks faster or slower at the same pitch, by overlap-add of frames that are each taken where they continue the last
/// one best: WSOLA (W. Verhelst, M. Roelands 1993, An overlap-add technique based on waveform similarity for high quality
/// time-scale modification of speech, doi:10.1109/ICASSP.1993.319366).
/// </summary>
public sealed record TimeScaleModification : WaveformAugmentation
{
    private const double FrameSeconds = 0.032;
    private const double SearchSeconds = 0.008;

    /// <summary>The greatest relative change of the rate, in [0, 0.5].</summary>
    public double Range { get; init; } = 0.1;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Stretch(waveform, Between(1 - Range, 1 + Range, random));
    }

    /// <summary>Changes the rate.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="rate">1.1 is a tenth faster; in [0.25, 4].</param>
    /// <returns>1 / rate as many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not as described.</exception>
    public static Waveform Stretch(Waveform waveform, double rate)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (rate is not (>= 0.25 and <= 4))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected a rate in [0.25, 4].");
        }

        var samples = waveform.Samples;
        var hop = Math.Max(1, (int)Math.Round(FrameSeconds * waveform.SampleRate / 2));
        var search = (int)Math.Round(SearchSeconds * waveform.SampleRate);
        var length = (int)Math.Round(samples.Length / rate);
        var window = new float[2 * hop];
        for (var n = 0; n < window.Length; n++)
        {
            window[n] = (float)(0.5 - (0.5 * Math.Cos(Math.PI * n / hop)));
        }

        // One hop of room before the audio and two behind it: every frame is whole.
        var padded = new float[samples.Length + (4 * hop) + (2 * search)];
        var origin = hop + search;
        samples.CopyTo(padded, origin);
        var result = new float[length + (2 * hop)];
        var last = origin - hop;
        for (var at = 0; at < length + hop; at += hop)
        {
            var wanted = (int)Math.Round((at - hop) * rate) + origin;
            var start = at == 0 ? last : Best(padded, last + hop, wanted, search, window.Length);
            for (var n = 0; n < window.Length && at + n < result.Length; n++)
            {
                result[at + n] += window[n] * padded[start + n];
            }

            last = start;
        }

        return waveform with { Samples = result[hop..(hop + length)] };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("range", Range, Range is >= 0 and <= 0.5, "in [0, 0.5]")];

    /// <summary>The start near the wanted one whose frame is most like the one that would follow naturally.</summary>
    private static int Best(float[] padded, int natural, int wanted, int search, int length)
    {
        natural = Math.Min(natural, padded.Length - length);
        var (low, high) = (Math.Max(0, wanted - search), Math.Min(padded.Length - length, wanted + search));
        var (best, highest) = (Math.Clamp(wanted, 0, padded.Length - length), double.NegativeInfinity);
        var template = padded.AsSpan(natural, length);
        for (var start = low; start <= high; start++)
        {
            var candidate = padded.AsSpan(start, length);
            var energy = System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(candidate);
            var likeness = energy == 0 ? 0 : System.Numerics.Tensors.TensorPrimitives.Dot<float>(template, candidate) / Math.Sqrt(energy);
            if (likeness > highest)
            {
                (best, highest) = (start, likeness);
            }
        }

        return best;
    }
}
