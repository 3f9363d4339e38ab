using Undertone.Features.Descriptors;
using Undertone.Features.Functionals;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// The prosody of an utterance in one frame: melody (F0 by <see cref="AutocorrelationPitch"/>, in semitones, over the voiced
/// frames), loudness (<see cref="Intensity"/>, over what is no pause), how the voice comes and goes, and rate and pauses
/// (<see cref="SyllableNuclei"/>). Statistics follow GeMAPS where it has them (Eyben et al. 2016,
/// doi:10.1109/TAFFC.2015.2457417).
/// </summary>
public sealed class Prosody : FeatureExtractor
{
    /// <summary>Where the statistics are described.</summary>
    internal const string FunctionalsSource = "Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417";

    private const int Hop = 160;
    private const double Step = (double)Hop / Waveform.StandardRate;

    // Two periods of the lowest voices, so that single glottal pulses do not show.
    private const int IntensityWindow = 640;
    private const double Reference = 27.5;

    private static readonly FeatureDescription[] Voicing =
    [
        new("voicedShare", "1", AutocorrelationPitch.Source),
        new("periodicity_mean", "1", AutocorrelationPitch.Source),
        new("periodicity_stddev", "1", AutocorrelationPitch.Source),
        new("risingSlope_mean", "semitones / s", FunctionalsSource),
        new("risingSlope_stddev", "semitones / s", FunctionalsSource),
        new("fallingSlope_mean", "semitones / s", FunctionalsSource),
        new("fallingSlope_stddev", "semitones / s", FunctionalsSource),
        new("voicedSegmentsPerSecond", "1 / s", FunctionalsSource),
        new("voicedSegment_mean", "s", FunctionalsSource),
        new("voicedSegment_stddev", "s", FunctionalsSource),
        new("unvoicedSegment_mean", "s", FunctionalsSource),
        new("unvoicedSegment_stddev", "s", FunctionalsSource),
    ];

    private readonly AutocorrelationPitch _pitch = new();

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    public Prosody(ProsodyOptions options) => ArgumentNullException.ThrowIfNull(options);

    /// <inheritdoc/>
    public override string Name => ProsodyOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint => $"{Name}/1";

    /// <inheritdoc/>
    public override int Dimensions => (2 * ProsodyContour.Values.Count) + Voicing.Length + SpeechRhythm.Values.Count;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
    [
        .. ProsodyContour.Values.Select(v => new FeatureDescription($"F0_{v.Name}", v.Unit("semitones above 27.5 Hz"), FunctionalsSource)),
        .. ProsodyContour.Values.Select(v => new FeatureDescription($"intensity_{v.Name}", v.Unit("dB of full scale"), FunctionalsSource)),
        .. Voicing,
        .. SpeechRhythm.Values,
    ];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        SpeechCheck.Require(waveform, Name);
        var contour = _pitch.Track(waveform.Samples);
        var frames = contour.Hertz.Length;
        var intensity = Intensity.Of(waveform.Samples, IntensityWindow, Hop, 0, frames);
        var threshold = SyllableNuclei.Threshold(intensity);
        bool[] voiced = [.. contour.Hertz.Select(h => h > 0)];
        float[] semitones = [.. contour.Hertz.Select(h => h > 0 ? (float)(12 * Math.Log2(h / Reference)) : 0)];

        var values = new float[Dimensions];
        var to = values.AsSpan();
        ProsodyContour.Measure(semitones, voiced, Step, to);
        to = to[ProsodyContour.Values.Count..];
        ProsodyContour.Measure(intensity, [.. intensity.Select(i => i >= threshold)], Step, to);
        to = to[ProsodyContour.Values.Count..];
        MeasureVoicing(contour, semitones, voiced, to);
        SpeechRhythm.Measure(intensity, voiced, Step, to[Voicing.Length..]);
        return new FeatureMatrix(values, 1, values.Length);
    }

    private static void MeasureVoicing(PitchContour contour, float[] semitones, bool[] voiced, Span<float> to)
    {
        var strengths = contour.Strength.Where((_, f) => voiced[f]).Select(s => (double)s).ToList();
        to[0] = (float)strengths.Count / voiced.Length;
        if (strengths.Count > 0)
        {
            var mean = strengths.Average();
            (to[1], to[2]) = ((float)mean, (float)Math.Sqrt(strengths.Average(s => (s - mean) * (s - mean))));
        }

        // Slopes of runs of three voiced frames and more, by their straight lines.
        var (rising, falling) = (new List<double>(), new List<double>());
        for (int from = 0, f = 0; f <= voiced.Length; f++)
        {
            if (f < voiced.Length && voiced[f])
            {
                continue;
            }

            if (f - from >= 3)
            {
                var slope = Slope(semitones.AsSpan(from, f - from));
                (slope >= 0 ? rising : falling).Add(Math.Abs(slope));
            }

            from = f + 1;
        }

        (to[3], to[4]) = Moments(rising);
        (to[5], to[6]) = Moments(falling);
        var segments = VoicedSegments.Of(contour.Hertz, Step);
        (to[7], to[8], to[9]) = ((float)segments.PerSecond, (float)segments.MeanVoiced, (float)segments.DeviationVoiced);
        (to[10], to[11]) = ((float)segments.MeanUnvoiced, (float)segments.DeviationUnvoiced);
    }

    private static double Slope(ReadOnlySpan<float> run)
    {
        var middle = (run.Length - 1) / 2.0;
        double product = 0, squares = 0;
        for (var n = 0; n < run.Length; n++)
        {
            product += (n - middle) * run[n];
            squares += (n - middle) * (n - middle);
        }

        return product / squares / Step;
    }

    private static (float Mean, float Deviation) Moments(List<double> values)
    {
        var mean = values.DefaultIfEmpty(0).Average();
        return ((float)mean, (float)Math.Sqrt(values.Select(v => (v - mean) * (v - mean)).DefaultIfEmpty(0).Average()));
    }
}
