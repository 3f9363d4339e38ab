namespace Undertone.Features.Functionals;

/// <summary>The unit of time that a <see cref="PolynomialFit"/> has.</summary>
public enum FitTime
{
    /// <summary>Frames.</summary>
    Frame,

    /// <summary>Seconds.</summary>
    Second,
}

/// <summary>
/// A straight line and a parabola fitted to the contour by least squares, and its centre of gravity. The contour is scaled
/// to its range first (0 its least value, 1 its greatest), so coefficients are changes in ranges over time:
/// <c>linregc1</c>·t + <c>linregc2</c> and <c>qregc1</c>·t² + <c>qregc2</c>·t + <c>qregc3</c>; the errors are mean squares.
/// The centre, of the unscaled amounts, is a share of the duration.
/// </summary>
/// <param name="Time">The unit of t.</param>
public sealed record PolynomialFit(FitTime Time) : Functional
{
    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit)
    {
        var time = Time == FitTime.Second ? "s" : "frame";
        return
        [
            new("linregc1", $"range/{time}", FunctionalSources.Book),
            new("linregc2", "range", FunctionalSources.Book),
            new("linregerrQ", "range²", FunctionalSources.Book),
            new("qregc1", $"range/{time}²", FunctionalSources.Book),
            new("qregc2", $"range/{time}", FunctionalSources.Book),
            new("qregc3", "range", FunctionalSources.Book),
            new("qregerrQ", "range²", FunctionalSources.Book),
            new("centroid", "share of the duration", FunctionalSources.Book),
        ];
    }

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        to[..8].Clear();
        var values = contour.Values;
        var n = values.Length;
        to[7] = Centre(values);
        if (contour.Range == 0)
        {
            return;
        }

        // About the middle of the frames, straight line and parabola are orthogonal: 1, t and t² − (n² − 1)/12.
        var middle = (n - 1) / 2.0;
        var level = (((double)n * n) - 1) / 12;
        double sum = 0, first = 0, second = 0, curvatures = 0;
        for (var i = 0; i < n; i++)
        {
            var t = i - middle;
            var curve = (t * t) - level;
            var y = values[i] - (double)contour.Minimum;
            sum += y;
            first += t * y;
            second += curve * y;
            curvatures += curve * curve;
        }

        var range = contour.Range;
        var mean = sum / n / range;
        var slope = n < 2 ? 0 : first / (n * level) / range;
        var bend = n < 3 ? 0 : second / curvatures / range;
        double linear = 0, quadratic = 0;
        for (var i = 0; i < n; i++)
        {
            var t = i - middle;
            var rest = ((values[i] - (double)contour.Minimum) / range) - mean - (slope * t);
            var bent = rest - (bend * ((t * t) - level));
            linear += rest * rest;
            quadratic += bent * bent;
        }

        var unit = Time == FitTime.Second ? Contour.FramesPerSecond : 1;
        to[0] = slope * unit;
        to[1] = mean - (slope * middle);
        to[2] = linear / n;
        to[3] = bend * unit * unit;
        to[4] = (slope - (2 * bend * middle)) * unit;
        to[5] = mean - (slope * middle) + (bend * ((middle * middle) - level));
        to[6] = quadratic / n;
    }

    private static double Centre(ReadOnlySpan<float> values)
    {
        double sum = 0, moments = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var amount = Math.Abs((double)values[i]);
            sum += amount;
            moments += i * amount;
        }

        return Ratio(moments, sum) / values.Length;
    }
}
