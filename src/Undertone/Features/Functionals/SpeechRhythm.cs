using Undertone.Features.Descriptors;

namespace Undertone.Features.Functionals;

/// <summary>
/// Rate and pauses of an utterance, from its <see cref="SyllableNuclei"/>, and how regular its rhythm is: the normalised
/// pairwise variability index of the times between nuclei (Grabe &amp; Low 2002, "Durational variability in speech and the
/// rhythm class hypothesis").
/// </summary>
internal static class SpeechRhythm
{
    private const string Variability = "Grabe & Low 2002, Durational variability in speech and the rhythm class hypothesis";

    // A shorter silence is a stop consonant's closure and no pause (de Jong & Wempe take 0.3 s; utterances are short here).
    private const double ShortestPause = 0.15;

    /// <summary>The values, in order.</summary>
    public static IReadOnlyList<FeatureDescription> Values { get; } =
    [
        new("syllablesPerSecond", "1 / s", SyllableNuclei.Source),
        new("articulationRate", "1 / s", SyllableNuclei.Source),
        new("syllableInterval_mean", "s", SyllableNuclei.Source),
        new("syllableInterval_stddev", "s", SyllableNuclei.Source),
        new("syllableInterval_pairwiseVariability", "1", Variability),
        new("pausesPerSecond", "1 / s", SyllableNuclei.Source),
        new("pause_mean", "s", SyllableNuclei.Source),
        new("pauseShare", "1", SyllableNuclei.Source),
    ];

    /// <summary>Measures.</summary>
    /// <param name="intensity">Intensity in dB, one value a frame, at least one.</param>
    /// <param name="voiced">Whether each frame has a voice.</param>
    /// <param name="hopSeconds">The distance between frames, in seconds.</param>
    /// <param name="to">Receives the <see cref="Values"/>.</param>
    public static void Measure(ReadOnlySpan<float> intensity, ReadOnlySpan<bool> voiced, double hopSeconds, Span<float> to)
    {
        to[..Values.Count].Clear();
        var seconds = intensity.Length * hopSeconds;
        var nuclei = SyllableNuclei.Find(intensity, voiced);
        var pauses = Pauses(intensity, SyllableNuclei.Threshold(intensity), hopSeconds);
        var speech = seconds - pauses.Sum();
        to[0] = (float)(nuclei.Count / seconds);
        to[1] = speech > 0 ? (float)(nuclei.Count / speech) : 0;
        var intervals = nuclei.Zip(nuclei.Skip(1), (a, b) => (b - a) * hopSeconds).ToList();
        if (intervals.Count > 0)
        {
            var mean = intervals.Average();
            to[2] = (float)mean;
            to[3] = (float)Math.Sqrt(intervals.Average(i => (i - mean) * (i - mean)));
            to[4] = intervals.Count > 1 ? (float)intervals.Zip(intervals.Skip(1), (a, b) => Math.Abs(a - b) / ((a + b) / 2)).Average() : 0;
        }

        to[5] = (float)(pauses.Count / seconds);
        to[6] = pauses.Count > 0 ? (float)pauses.Average() : 0;
        to[7] = (float)(pauses.Sum() / seconds);
    }

    private static List<double> Pauses(ReadOnlySpan<float> intensity, float threshold, double hopSeconds)
    {
        var pauses = new List<double>();
        var length = 0;
        for (var frame = 0; frame <= intensity.Length; frame++)
        {
            if (frame < intensity.Length && intensity[frame] < threshold)
            {
                length++;
                continue;
            }

            if (length * hopSeconds >= ShortestPause)
            {
                pauses.Add(length * hopSeconds);
            }

            length = 0;
        }

        return pauses;
    }
}
