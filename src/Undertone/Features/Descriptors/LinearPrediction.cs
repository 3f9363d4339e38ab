namespace Undertone.Features.Descriptors;

/// <summary>
/// Linear prediction by the autocorrelation method (Makhoul 1975, doi:10.1109/PROC.1975.9792).
/// </summary>
internal static class LinearPrediction
{
    /// <summary>Solves for the prediction-error filter by the Levinson–Durbin recursion.</summary>
    /// <param name="autocorrelation">Lags 0 to p.</param>
    /// <param name="filter">Receives A(z) = 1 + a₁z⁻¹ + … + aₚz⁻ᵖ: p + 1 values.</param>
    /// <returns>The error's energy; 0 where there is nothing to predict, and the filter is 1 then.</returns>
    public static double Solve(ReadOnlySpan<double> autocorrelation, Span<double> filter)
    {
        filter.Clear();
        filter[0] = 1;
        var error = autocorrelation[0];
        if (!(error > 0))
        {
            return 0;
        }

        for (var i = 1; i < autocorrelation.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < i; j++)
            {
                sum += filter[j] * autocorrelation[i - j];
            }

            var reflection = -sum / error;
            for (var (low, high) = (1, i - 1); low <= high; low++, high--)
            {
                var (a, b) = (filter[low], filter[high]);
                filter[low] = a + (reflection * b);
                filter[high] = b + (reflection * a);
            }

            filter[i] = reflection;
            error *= 1 - (reflection * reflection);

            // What can be predicted wholly leaves nothing to divide by.
            if (!(error > autocorrelation[0] * 1e-12))
            {
                break;
            }
        }

        return error;
    }
}
