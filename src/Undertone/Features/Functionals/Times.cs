using System.Globalization;

namespace Undertone.Features.Functionals;

/// <summary>
/// Shares of the duration: that the contour spends above shares of its range, that it rises, and that it curves to the left
/// (its slope grows).
/// </summary>
/// <param name="Percents">The shares of the range in percent: 25, 50, 75, 90.</param>
public sealed record Times(params double[] Percents) : Functional
{
    private const string Share = "share of the duration";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        .. Percents.Select(p => new FeatureDescription($"upleveltime{p.ToString(CultureInfo.InvariantCulture)}", Share, FunctionalSources.Book)),
        new("risetime", Share, FunctionalSources.Book),
        new("leftctime", Share, FunctionalSources.Book),
    ];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        var values = contour.Values;
        for (var p = 0; p < Percents.Length; p++)
        {
            var level = (float)(contour.Minimum + (contour.Range * Percents[p] / 100));
            var above = 0;
            foreach (var value in values)
            {
                above += value >= level ? 1 : 0;
            }

            to[p] = (double)above / values.Length;
        }

        var (rising, left) = (0, 0);
        for (var frame = 1; frame < values.Length; frame++)
        {
            var step = values[frame] - values[frame - 1];
            rising += step > 0 ? 1 : 0;
            left += frame > 1 && step > values[frame - 1] - values[frame - 2] ? 1 : 0;
        }

        to[Percents.Length] = values.Length < 2 ? 0 : (double)rising / (values.Length - 1);
        to[Percents.Length + 1] = values.Length < 3 ? 0 : (double)left / (values.Length - 2);
    }
}
