namespace Undertone.Features.Functionals;

/// <summary>Gathers the lengths of segments.</summary>
internal struct SegmentLengths
{
    private int _count;
    private int _longest;
    private int _shortest;
    private double _sum;
    private double _squares;

    public static IReadOnlyList<FeatureDescription> Describe(string prefix) =>
        [.. new[] { "meanSegLen", "maxSegLen", "minSegLen", "segLenStddev" }.Select(n => new FeatureDescription(prefix + n, "s", FunctionalSources.Book))];

    public void Add(int frames)
    {
        _shortest = _count == 0 ? frames : Math.Min(_shortest, frames);
        _longest = Math.Max(_longest, frames);
        _sum += frames;
        _squares += (double)frames * frames;
        _count++;
    }

    /// <summary>Mean, longest, shortest and standard deviation in seconds.</summary>
    public readonly void Write(Span<double> to)
    {
        var mean = _count == 0 ? 0 : _sum / _count;
        var variance = _count == 0 ? 0 : Math.Max(0, (_squares / _count) - (mean * mean));
        to[0] = mean / Contour.FramesPerSecond;
        to[1] = _longest / Contour.FramesPerSecond;
        to[2] = _shortest / Contour.FramesPerSecond;
        to[3] = Math.Sqrt(variance) / Contour.FramesPerSecond;
    }
}
