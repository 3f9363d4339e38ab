namespace Undertone.Features.Functionals;

/// <summary>
/// The share of frames that are not zero, and the lengths of the segments of such frames: mean, longest, shortest and
/// standard deviation in seconds, from a segment's first frame to its last (a segment of one frame has length 0). Of a
/// pitch contour these are the voiced frames and the voiced segments.
/// </summary>
/// <param name="Prefix">Stands before the names: <c>ff0_</c>.</param>
public sealed record ActiveSegments(string Prefix) : Functional
{
    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
        [new(Prefix + "nnz", "share of the frames", FunctionalSources.Book), .. SegmentLengths.Describe(Prefix)];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        var lengths = default(SegmentLengths);
        var values = contour.Values;
        var (active, begin) = (0, -1);
        for (var frame = 0; frame <= values.Length; frame++)
        {
            if (frame < values.Length && values[frame] != 0)
            {
                active++;
                begin = begin < 0 ? frame : begin;
            }
            else if (begin >= 0)
            {
                lengths.Add(frame - 1 - begin);
                begin = -1;
            }
        }

        to[0] = (double)active / values.Length;
        lengths.Write(to[1..]);
    }
}
