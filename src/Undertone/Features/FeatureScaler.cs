using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undertone.Features;

/// <summary>
/// Brings each dimension to mean 0 and standard deviation 1: (x − mean) / deviation. A dimension that does not vary
/// (deviation under 10⁻⁷ of the greater of 1 and |mean|) is only centred, so that it becomes 0 and a later deviation
/// from it is not blown up. Immutable; may be used by several threads at once.
/// </summary>
public sealed class FeatureScaler
{
    private const double LeastDeviation = 1e-7;

    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly double[] _factor;

    /// <summary>Makes a scaler of known statistics.</summary>
    /// <param name="mean">D means.</param>
    /// <param name="standardDeviation">D standard deviations (population), not negative.</param>
    /// <exception cref="UndertoneException">The lengths differ, or a value is not finite or a deviation negative.</exception>
    public FeatureScaler(IReadOnlyList<double> mean, IReadOnlyList<double> standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Count != standardDeviation.Count || !mean.All(double.IsFinite) || !standardDeviation.All(s => double.IsFinite(s) && s >= 0))
        {
            throw new UndertoneException($"A feature scaler needs as many standard deviations as means, all finite and no deviation negative; found {mean.Count} means and {standardDeviation.Count} deviations.");
        }

        _mean = [.. mean];
        _deviation = [.. standardDeviation];
        _factor = [.. _deviation.Select((s, d) => s < LeastDeviation * Math.Max(1, Math.Abs(_mean[d])) ? 1 : 1 / s)];
    }

    /// <summary>The mean of each dimension.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>The standard deviation of each dimension, as gathered.</summary>
    public IReadOnlyList<double> StandardDeviation => _deviation;

    /// <summary>The number of dimensions.</summary>
    [JsonIgnore]
    public int Dimensions => _mean.Length;

    /// <summary>Fits a scaler; the matrices are walked through once, one at a time.</summary>
    /// <param name="features">The training utterances.</param>
    /// <exception cref="InvalidOperationException">There is no frame.</exception>
    /// <exception cref="ArgumentException">The numbers of dimensions differ.</exception>
    public static FeatureScaler Fit(IEnumerable<FeatureMatrix> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var statistics = new FeatureStatistics();
        foreach (var matrix in features)
        {
            statistics.Add(matrix);
        }

        return statistics.ToScaler();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="UndertoneException">The text is not a scaler.</exception>
    public static FeatureScaler FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<FeatureScaler>(json) ?? throw new UndertoneException("A feature scaler's text is 'null'; expected its means and deviations.");
        }
        catch (Exception error) when (error is JsonException or ArgumentNullException)
        {
            throw new UndertoneException($"A feature scaler's text is damaged ({error.Message}); expected {{\"Mean\":[...],\"StandardDeviation\":[...]}}.", error);
        }
    }

    /// <summary>The scaler as JSON; doubles are written so that they come back bit by bit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Scales.</summary>
    /// <param name="features">F frames × D.</param>
    /// <returns>A new matrix of the same shape.</returns>
    /// <exception cref="ArgumentException">The number of dimensions is not the scaler's.</exception>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Dimensions != Dimensions)
        {
            throw new ArgumentException($"features of {features.Dimensions} dimensions do not fit a scaler of {Dimensions}.", nameof(features));
        }

        var values = new float[features.Values.Length];
        for (var frame = 0; frame < features.Frames; frame++)
        {
            var from = features[frame];
            var to = values.AsSpan(frame * Dimensions, Dimensions);
            for (var d = 0; d < to.Length; d++)
            {
                to[d] = (float)((from[d] - _mean[d]) * _factor[d]);
            }
        }

        return new FeatureMatrix(values, features.Frames, features.Dimensions);
    }
}
