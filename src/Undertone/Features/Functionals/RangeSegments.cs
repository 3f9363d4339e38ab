namespace Undertone.Features.Functionals;

/// <summary>
/// Lengths of the segments between crossings of thresholds, which are shares of the contour's range: mean, longest,
/// shortest and standard deviation, in seconds. The contour is smoothed by a trailing mean of three frames for that, and a
/// crossing nearer to the last than the shortest segment allowed is passed over. What follows the last crossing is no
/// segment; where there is none, all are 0.
/// </summary>
/// <param name="Thresholds">Shares of the range: 0.25 and 0.75.</param>
public sealed record RangeSegments(params double[] Thresholds) : Functional
{
    private const int Smoothed = 3;
    private const int Shortest = 3;
    private const int MostSegments = 100;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) => SegmentLengths.Describe("");

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        var lengths = default(SegmentLengths);
        var values = contour.Values;
        var shortest = Math.Max(Shortest, values.Length / MostSegments);
        var last = -((shortest - 1) / 2);
        Span<double> levels = stackalloc double[Thresholds.Length];
        for (var t = 0; t < levels.Length; t++)
        {
            levels[t] = contour.Minimum + (contour.Range * Thresholds[t]);
        }

        double before = 0, sum = 0;
        for (var frame = 0; frame < values.Length; frame++)
        {
            sum += values[frame] - (frame >= Smoothed ? values[frame - Smoothed] : 0.0);
            var mean = sum / Math.Min(frame + 1, Smoothed);
            var crossed = false;
            foreach (var level in levels)
            {
                crossed |= (before < level) != (mean < level);
            }

            if (frame > 0 && crossed && frame - last >= shortest)
            {
                lengths.Add(frame - last);
                last = frame;
            }

            before = mean;
        }

        lengths.Write(to);
    }
}
