using System.Globalization;
using System.Text.Json;

namespace Undertone.Training;

/// <summary>
/// Brings each target of a regression to mean 0 and standard deviation 1 for the network, and its answers back to the
/// corpus's own scale. What is learned is learned from the training utterances alone.
/// </summary>
/// <param name="Mean">T means.</param>
/// <param name="StandardDeviation">T standard deviations (population), greater than 0.</param>
public sealed record TargetScaler(IReadOnlyList<double> Mean, IReadOnlyList<double> StandardDeviation)
{
    /// <summary>Fits a scaler.</summary>
    /// <param name="values">The training utterances' values, N rows of T.</param>
    /// <param name="targets">T names, for errors.</param>
    /// <exception cref="UndertoneException">A target is the same number in all rows.</exception>
    public static TargetScaler Fit(IReadOnlyList<double[]> values, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(targets);
        var mean = targets.Select((_, t) => values.Average(v => v[t])).ToArray();
        var deviation = targets.Select((_, t) => Math.Sqrt(values.Average(v => (v[t] - mean[t]) * (v[t] - mean[t])))).ToArray();
        for (var t = 0; t < targets.Count; t++)
        {
            if (!(deviation[t] > 1e-9 * Math.Max(1, Math.Abs(mean[t]))))
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the target '{targets[t]}' is {mean[t]} in all {values.Count} training utterances of the fold, so there is nothing to learn; leave it out of target."));
            }
        }

        return new TargetScaler(mean, deviation);
    }

    /// <summary>Standardises an utterance's values.</summary>
    /// <param name="values">T values on the corpus's scale.</param>
    public float[] Standardise(IReadOnlyList<double> values) => [.. values.Select((v, t) => (float)((v - Mean[t]) / StandardDeviation[t]))];

    /// <summary>Brings a network's answer back to the corpus's scale.</summary>
    /// <param name="standardised">T standardised values.</param>
    public float[] Restore(IReadOnlyList<float> standardised) => [.. standardised.Select((v, t) => (float)((v * StandardDeviation[t]) + Mean[t]))];

    /// <summary>The scaler as JSON; numbers come back bit by bit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="targets">How many targets there must be.</param>
    /// <exception cref="UndertoneException">The text is no scaler of so many targets.</exception>
    public static TargetScaler FromJson(string json, int targets)
    {
        try
        {
            if (JsonSerializer.Deserialize<TargetScaler>(json) is { Mean: { } mean, StandardDeviation: { } deviation } scaler
                && mean.Count == targets && deviation.Count == targets && deviation.All(d => d > 0))
            {
                return scaler;
            }
        }
        catch (JsonException error)
        {
            throw new UndertoneException($"The targets' scale is damaged ({error.Message}).", error);
        }

        throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"The targets' scale is damaged; expected means and deviations of {targets} targets."));
    }
}
