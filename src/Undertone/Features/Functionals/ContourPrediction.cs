using System.Globalization;

namespace Undertone.Features.Functionals;

/// <summary>
/// Linear prediction of the contour's values from those before (Makhoul 1975, doi:10.1109/PROC.1975.9792; autocorrelation
/// method, Levinson–Durbin): the error's mean square as <c>lpgain</c>, and the coefficients of the inverse filter,
/// <c>lpc0</c> being the one of the value just before. Of silence all are 0.
/// </summary>
/// <param name="Order">The number of coefficients.</param>
/// <remarks>
/// Sums are kept in single precision on purpose: contours are smooth, so that prediction is nearly perfect and the
/// coefficients hang on the last digits; the figures to agree with were computed so.
/// </remarks>
public sealed record ContourPrediction(int Order) : Functional
{
    private const string Source = "Makhoul 1975, doi:10.1109/PROC.1975.9792";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        new("lpgain", unit == "1" ? "1" : $"({unit})²", Source),
        .. Enumerable.Range(0, Order).Select(i => new FeatureDescription($"lpc{i.ToString(CultureInfo.InvariantCulture)}", "1", Source)),
    ];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        Span<float> correlation = stackalloc float[Order + 1];
        Span<float> coefficients = stackalloc float[Order];
        Span<float> previous = stackalloc float[Order];
        coefficients.Clear();
        var values = contour.Values;

        // Values of any unit: scaled, so that squares of great ones stay within single precision.
        var greatest = Math.Max(Math.Abs(contour.Minimum), Math.Abs(contour.Maximum));
        var exponent = greatest > 0 ? -Math.ILogB(greatest) : 0;
        var scale = (float)Math.ScaleB(1, Math.Clamp(exponent, -100, 100));
        for (var lag = 0; lag <= Order; lag++)
        {
            correlation[lag] = Correlate(values, lag, scale);
        }

        var error = correlation[0];
        for (var i = 0; i < Order && error > 0; i++)
        {
            var sum = correlation[i + 1];
            for (var j = 0; j < i; j++)
            {
                sum += coefficients[j] * correlation[i - j];
            }

            var reflection = -sum / error;
            coefficients.CopyTo(previous);
            coefficients[i] = reflection;
            for (var j = 0; j < i; j++)
            {
                coefficients[j] = previous[j] + (reflection * previous[i - 1 - j]);
            }

            error *= 1 - (reflection * reflection);
        }

        to[0] = Math.Max(0, error) / values.Length / scale / scale;
        for (var i = 0; i < Order; i++)
        {
            to[1 + i] = coefficients[i];
        }
    }

    private static float Correlate(ReadOnlySpan<float> values, int lag, float scale)
    {
        var sum = 0f;
        for (var n = lag; n < values.Length; n++)
        {
            sum += values[n - lag] * scale * (values[n] * scale);
        }

        return sum;
    }
}
