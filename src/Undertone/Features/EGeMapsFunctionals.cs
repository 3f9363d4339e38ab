using Undertone.Features.Descriptors;
using Undertone.Features.Functionals;

namespace Undertone.Features;

/// <summary>The 88 functionals of eGeMAPS v02: which statistics of which descriptors, in the order of the published set.</summary>
internal static class EGeMapsFunctionals
{
    private const double HopSeconds = 0.01;
    private const string Zero = "_sma3";
    private const string NonZero = "_sma3nz";

    private static readonly (string Name, string Unit)[] VoicedNames =
    [
        ("jitterLocal", "1"), ("shimmerLocaldB", "dB"), ("HNRdBACF", "dB"), ("logRelF0-H1-H2", "dB"), ("logRelF0-H1-A3", "dB"),
        ("F1frequency", "Hz"), ("F1bandwidth", "Hz"), ("F1amplitudeLogRelF0", "dB"),
        ("F2frequency", "Hz"), ("F2bandwidth", "Hz"), ("F2amplitudeLogRelF0", "dB"),
        ("F3frequency", "Hz"), ("F3bandwidth", "Hz"), ("F3amplitudeLogRelF0", "dB"),
    ];

    private static readonly (string Name, string Unit)[] BalanceNames =
        [("alphaRatio#", "dB"), ("hammarbergIndex#", "dB"), ("slope#0-500", "dB/Hz"), ("slope#500-1500", "dB/Hz"), ("spectralFlux#", "1")];

    private static readonly string[] CepstrumNames = ["mfcc1", "mfcc2", "mfcc3", "mfcc4"];

    /// <summary>Says what each value is.</summary>
    /// <param name="source">Where the set is described.</param>
    public static IReadOnlyList<FeatureDescription> Describe(string source)
    {
        var values = new List<FeatureDescription>();
        void Add(string name, string unit) => values.Add(new FeatureDescription(name, unit, source));
        void AddMoments(string name, string unit)
        {
            Add(name + "_amean", unit);
            Add(name + "_stddevNorm", "1");
        }

        foreach (var (name, unit) in new[] { ("F0semitoneFrom27.5Hz" + NonZero, "semitones above 27.5 Hz"), ("loudness" + Zero, "1") })
        {
            var difference = unit == "1" ? "1" : "semitones";
            AddMoments(name, unit);
            foreach (var percentile in new[] { "20.0", "50.0", "80.0" })
            {
                Add($"{name}_percentile{percentile}", unit);
            }

            Add(name + "_pctlrange0-2", difference);
            foreach (var slope in new[] { "meanRisingSlope", "stddevRisingSlope", "meanFallingSlope", "stddevFallingSlope" })
            {
                Add($"{name}_{slope}", difference == "1" ? "1/s" : "semitones/s");
            }
        }

        AddMoments("spectralFlux" + Zero, "1");
        foreach (var name in CepstrumNames)
        {
            AddMoments(name + Zero, "1");
        }

        foreach (var (name, unit) in VoicedNames)
        {
            AddMoments(name + NonZero, unit);
        }

        foreach (var (name, unit) in BalanceNames)
        {
            AddMoments(name.Replace("#", "V", StringComparison.Ordinal) + NonZero, unit);
        }

        foreach (var name in CepstrumNames)
        {
            AddMoments(name + "V" + NonZero, "1");
        }

        foreach (var (name, unit) in BalanceNames)
        {
            Add(name.Replace("#", "UV", StringComparison.Ordinal) + NonZero + "_amean", unit);
        }

        Add("loudnessPeaksPerSec", "1/s");
        Add("VoicedSegmentsPerSec", "1/s");
        foreach (var name in new[] { "MeanVoicedSegmentLengthSec", "StddevVoicedSegmentLengthSec", "MeanUnvoicedSegmentLength", "StddevUnvoicedSegmentLength" })
        {
            Add(name, "s");
        }

        Add("equivalentSoundLevel_dBp", "dB relative to full scale");
        return values;
    }

    /// <summary>Computes the values.</summary>
    /// <param name="contours">The descriptors without pitch.</param>
    /// <param name="voice">The voice source.</param>
    /// <param name="harmonics">The harmonics' levels, as many frames as the voice has.</param>
    /// <param name="result">Receives 88 values.</param>
    public static void Compute(EGeMapsContours contours, VoiceContours voice, ReadOnlySpan<HarmonicLevels> harmonics, Span<float> result)
    {
        var frames = Math.Min(voice.Pitch.Length, contours.Frames);
        var writer = new Writer(result);
        var semitones = Contour(frames, f => voice.Pitch[f] > 0 ? 12 * MathF.Log2(voice.Pitch[f] / 27.5f) : 0);
        writer.Shape(ContourMoments.NonZero(Smooth(semitones)));
        var loudness = contours.Loudness.AsSpan().ToArray();
        ContourSmoothing.Average(loudness);
        var peaks = writer.Shape(loudness);
        foreach (var contour in (float[][])[contours.Flux, .. contours.Cepstrum])
        {
            var values = contour.AsSpan().ToArray();
            ContourSmoothing.Average(values);
            writer.Moments(values);
        }

        writer.VoicedMoments(voice.Jitter.AsSpan(0, frames).ToArray());
        writer.VoicedMoments(voice.Shimmer.AsSpan(0, frames).ToArray());
        writer.VoicedMoments(voice.HarmonicsToNoise.AsSpan(0, frames).ToArray());
        var levels = harmonics[..frames].ToArray();
        writer.VoicedMoments([.. levels.Select(l => l.H1H2)]);
        writer.VoicedMoments([.. levels.Select(l => l.H1A3)]);
        for (var formant = 0; formant < EGeMapsFormants.Count; formant++)
        {
            var number = formant;
            writer.VoicedMoments(Contour(frames, f => voice.Pitch[f] > 0 ? contours.FormantFrequencies[(f * EGeMapsFormants.Count) + number] : 0));
            writer.VoicedMoments(Contour(frames, f => voice.Pitch[f] > 0 ? contours.FormantBandwidths[(f * EGeMapsFormants.Count) + number] : 0));
            writer.VoicedMoments([.. levels.Select(l => number switch { 0 => l.A1, 1 => l.A2, _ => l.A3 })]);
        }

        float[][] balance = [contours.AlphaRatio, contours.HammarbergIndex, contours.LowSlope, contours.HighSlope, contours.Flux];
        foreach (var contour in (float[][])[.. balance, .. contours.Cepstrum])
        {
            writer.VoicedMoments(Contour(frames, f => voice.Pitch[f] > 0 ? contour[f] : 0));
        }

        foreach (var contour in balance)
        {
            writer.VoicedMean(Contour(frames, f => voice.Pitch[f] > 0 ? 0 : contour[f]));
        }

        writer.Add(peaks / (loudness.Length * HopSeconds));
        var segments = VoicedSegments.Of(semitones.AsSpan(0, Smoothed(frames)), HopSeconds);
        writer.Add(segments.PerSecond);
        writer.Add(segments.MeanVoiced);
        writer.Add(segments.DeviationVoiced);
        writer.Add(segments.MeanUnvoiced);
        writer.Add(segments.DeviationUnvoiced);
        writer.Add(10 * Math.Log10(Math.Max(contours.MeanSquare, Decibel.Floor)));
    }

    /// <summary>Smooths a contour that has values only with (or only without) voice. As in the reference, its last frame is used but not given.</summary>
    private static ReadOnlySpan<float> Smooth(float[] contour)
    {
        ContourSmoothing.AverageNonZero(contour);
        return contour.AsSpan(0, Smoothed(contour.Length));
    }

    private static int Smoothed(int frames) => Math.Max(1, frames - 1);

    private static float[] Contour(int frames, Func<int, float> value)
    {
        var contour = new float[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            contour[frame] = value(frame);
        }

        return contour;
    }

    /// <summary>Writes one value after the other.</summary>
    private ref struct Writer(Span<float> result)
    {
        private readonly Span<float> _result = result;
        private int _at;

        public void Add(double value) => _result[_at++] = (float)value;

        public void Moments(ReadOnlySpan<float> values)
        {
            var (mean, deviation) = ContourMoments.Of(values);
            Add(mean);
            Add(deviation);
        }

        public void VoicedMoments(float[] contour)
        {
            Moments(ContourMoments.NonZero(Smooth(contour)));
        }

        public void VoicedMean(float[] contour)
        {
            Add(ContourMoments.Of(ContourMoments.NonZero(Smooth(contour))).Mean);
        }

        /// <summary>The ten functionals of pitch and loudness; returns the number of peaks.</summary>
        public int Shape(ReadOnlySpan<float> values)
        {
            Moments(values);
            var sorted = values.ToArray();
            Array.Sort(sorted);
            var (low, high) = (ContourMoments.Percentile(sorted, 0.2), ContourMoments.Percentile(sorted, 0.8));
            Add(low);
            Add(ContourMoments.Percentile(sorted, 0.5));
            Add(high);
            Add(high - low);
            var slopes = ContourPeaks.Of(values, HopSeconds);
            Add(slopes.MeanRisingSlope);
            Add(slopes.DeviationRisingSlope);
            Add(slopes.MeanFallingSlope);
            Add(slopes.DeviationFallingSlope);
            return slopes.Peaks;
        }
    }
}
