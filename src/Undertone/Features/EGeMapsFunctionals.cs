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
    /// <param name="contours">The descriptors.</param>
    /// <param name="room">Room to work in.</param>
    /// <param name="result">Receives 88 values.</param>
    public static void Compute(EGeMapsContours contours, EGeMapsRoom room, Span<float> result)
    {
        var pitch = contours.Pitch;
        var frames = pitch.Length;
        var writer = new Writer(result);
        var semitones = room.Contour(frames);
        for (var frame = 0; frame < frames; frame++)
        {
            semitones[frame] = pitch[frame] > 0 ? 12 * MathF.Log2(pitch[frame] / 27.5f) : 0;
        }

        var smooth = Smooth(semitones);
        var segments = VoicedSegments.Of(smooth, HopSeconds);
        writer.Shape(WithoutZeros(smooth), room.Sorted(frames));
        var loudness = Average(EGeMapsContours.Sound.Loudness, 0);
        var peaks = writer.Shape(loudness, room.Sorted(loudness.Length));
        writer.Moments(Average(EGeMapsContours.Sound.Flux, 0));
        for (var i = 0; i < CepstrumNames.Length; i++)
        {
            writer.Moments(Average(EGeMapsContours.Sound.Cepstrum, i));
        }

        foreach (var contour in (EGeMapsContours.Voice[])[EGeMapsContours.Voice.Jitter, EGeMapsContours.Voice.Shimmer, EGeMapsContours.Voice.HarmonicsToNoise, EGeMapsContours.Voice.H1H2, EGeMapsContours.Voice.H1A3])
        {
            writer.Moments(WithoutZeros(Smooth(OfVoice(contour, 0))));
        }

        for (var formant = 0; formant < EGeMapsFormants.Count; formant++)
        {
            writer.Moments(WithoutZeros(Smooth(Where(true, pitch, EGeMapsContours.Sound.FormantFrequency, formant))));
            writer.Moments(WithoutZeros(Smooth(Where(true, pitch, EGeMapsContours.Sound.FormantBandwidth, formant))));
            writer.Moments(WithoutZeros(Smooth(OfVoice(EGeMapsContours.Voice.FormantAmplitude, formant))));
        }

        EGeMapsContours.Sound[] balance =
        [
            EGeMapsContours.Sound.AlphaRatio, EGeMapsContours.Sound.HammarbergIndex, EGeMapsContours.Sound.LowSlope,
            EGeMapsContours.Sound.HighSlope, EGeMapsContours.Sound.Flux,
        ];
        foreach (var contour in balance)
        {
            writer.Moments(WithoutZeros(Smooth(Where(true, pitch, contour, 0))));
        }

        for (var i = 0; i < CepstrumNames.Length; i++)
        {
            writer.Moments(WithoutZeros(Smooth(Where(true, pitch, EGeMapsContours.Sound.Cepstrum, i))));
        }

        foreach (var contour in balance)
        {
            writer.Add(ContourMoments.Of(WithoutZeros(Smooth(Where(false, pitch, contour, 0)))).Mean);
        }

        writer.Add(peaks / (contours.Frames * HopSeconds));
        writer.Add(segments.PerSecond);
        writer.Add(segments.MeanVoiced);
        writer.Add(segments.DeviationVoiced);
        writer.Add(segments.MeanUnvoiced);
        writer.Add(segments.DeviationUnvoiced);
        writer.Add(10 * Math.Log10(Math.Max(contours.MeanSquare, Decibel.Floor)));

        Span<float> Average(EGeMapsContours.Sound contour, int number)
        {
            var values = room.Contour(contours.Frames);
            contours.Read(contour, number, values);
            ContourSmoothing.Average(values);
            return values;
        }

        Span<float> OfVoice(EGeMapsContours.Voice contour, int number)
        {
            var values = room.Contour(frames);
            contours.Read(contour, number, values);
            return values;
        }

        Span<float> Where(bool voiced, ReadOnlySpan<float> pitch, EGeMapsContours.Sound contour, int number)
        {
            var values = room.Contour(frames);
            contours.Read(contour, number, values);
            for (var frame = 0; frame < frames; frame++)
            {
                values[frame] = pitch[frame] > 0 == voiced ? values[frame] : 0;
            }

            return values;
        }
    }

    /// <summary>Smooths a contour that has values only with (or only without) voice. As in the reference, its last frame is used but not given.</summary>
    private static Span<float> Smooth(Span<float> contour)
    {
        ContourSmoothing.AverageNonZero(contour);
        return contour[..Math.Max(1, contour.Length - 1)];
    }

    /// <summary>The values that are not zero, in the contour's own place.</summary>
    private static Span<float> WithoutZeros(Span<float> contour)
    {
        var count = 0;
        foreach (var value in contour)
        {
            if (value != 0)
            {
                contour[count++] = value;
            }
        }

        return contour[..count];
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

        /// <summary>The ten functionals of pitch and loudness; returns the number of peaks.</summary>
        public int Shape(ReadOnlySpan<float> values, Span<float> room)
        {
            Moments(values);
            var sorted = room[..values.Length];
            values.CopyTo(sorted);
            sorted.Sort();
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

/// <summary>Room for one contour at a time, and for its sorted values; it grows to the longest.</summary>
internal sealed class EGeMapsRoom
{
    private float[] _contour = [];
    private float[] _sorted = [];

    /// <summary>Room for a contour, in place of the last one.</summary>
    public Span<float> Contour(int frames) => Room(ref _contour, frames);

    /// <summary>Room for sorted values.</summary>
    public Span<float> Sorted(int frames) => Room(ref _sorted, frames);

    private static Span<float> Room(ref float[] room, int frames)
    {
        if (room.Length < frames)
        {
            room = new float[frames];
        }

        return room.AsSpan(0, frames);
    }
}
