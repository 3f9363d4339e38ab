namespace Undertone.Features.Functionals;

/// <summary>What prosody takes of a contour: where it lies, how far it ranges, and where it goes.</summary>
internal static class ProsodyContour
{
    /// <summary>The names of the values, in order, with what they do to the contour's unit.</summary>
    public static IReadOnlyList<(string Name, Func<string, string> Unit)> Values { get; } =
    [
        ("mean", unit => unit),
        ("stddev", unit => unit),
        ("percentile20", unit => unit),
        ("percentile50", unit => unit),
        ("percentile80", unit => unit),
        ("range5-95", Difference),
        ("skewness", _ => "1"),
        ("kurtosis", _ => "1"),
        ("slope", unit => $"{Difference(unit)} / s"),
        ("meanChange", unit => $"{Difference(unit)} / s"),
        ("highPosition", _ => "1"),
    ];

    /// <summary>Measures a contour.</summary>
    /// <param name="contour">One value a frame.</param>
    /// <param name="counts">Which frames count; none gives zeros.</param>
    /// <param name="hopSeconds">The distance between frames, in seconds.</param>
    /// <param name="to">Receives the <see cref="Values"/>.</param>
    public static void Measure(ReadOnlySpan<float> contour, ReadOnlySpan<bool> counts, double hopSeconds, Span<float> to)
    {
        to[..Values.Count].Clear();
        var (values, times) = (new List<float>(), new List<double>());
        double change = 0;
        var changes = 0;
        for (var frame = 0; frame < contour.Length; frame++)
        {
            if (!counts[frame])
            {
                continue;
            }

            if (frame > 0 && counts[frame - 1])
            {
                change += Math.Abs(contour[frame] - contour[frame - 1]);
                changes++;
            }

            values.Add(contour[frame]);
            times.Add(frame * hopSeconds);
        }

        if (values.Count == 0)
        {
            return;
        }

        float[] sorted = [.. values.Order()];
        var mean = values.Average(v => (double)v);
        var variance = values.Average(v => (v - mean) * (v - mean));
        to[0] = (float)mean;
        to[1] = (float)Math.Sqrt(variance);
        to[2] = (float)ContourMoments.Percentile(sorted, 0.2);
        to[3] = (float)ContourMoments.Percentile(sorted, 0.5);
        to[4] = (float)ContourMoments.Percentile(sorted, 0.8);
        to[5] = (float)(ContourMoments.Percentile(sorted, 0.95) - ContourMoments.Percentile(sorted, 0.05));

        // What rounding leaves of a constant is no variation.
        if (variance > 1e-10 * Math.Max(1, mean * mean))
        {
            to[6] = (float)(values.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(variance, 1.5));
            to[7] = (float)(values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance));
        }

        var middle = times.Average();
        var spread = times.Sum(t => (t - middle) * (t - middle));
        to[8] = spread > 0 ? (float)(times.Zip(values, (t, v) => (t - middle) * (v - mean)).Sum() / spread) : 0;
        to[9] = changes > 0 ? (float)(change / changes / hopSeconds) : 0;

        // Where in the utterance the highest fifth lies on average: a lone greatest value is often a slip at a voice's edge.
        var fifth = to[4];
        var high = times.Where((_, i) => values[i] >= fifth).DefaultIfEmpty(0).Average();
        to[10] = contour.Length > 1 ? (float)(high / hopSeconds / (contour.Length - 1)) : 0;
    }

    // A difference of two levels above a reference has no reference.
    private static string Difference(string unit) => unit.Split(' ')[0];
}
