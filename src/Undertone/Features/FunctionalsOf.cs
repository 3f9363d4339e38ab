using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Statistics over the frames of a frame-wise set: one frame an utterance, each value's statistics side by side. Computed
/// in double precision.
/// </summary>
public sealed class FunctionalsOf : FeatureExtractor
{
    private readonly FeatureExtractor _set;
    private readonly FrameStatistic[] _statistics;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">The set has one frame an utterance already, or a statistic is missing or named twice.</exception>
    public FunctionalsOf(FunctionalsOfOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _set = options.Set.CreateExtractor();
        _statistics = [.. options.Statistics];
        if (_set.IsFunctionals)
        {
            throw new UndertoneException(
                $"{Name}: '{_set.Name}' has one frame an utterance, so there is nothing to take statistics over; use it as it is.");
        }

        SettingCheck.Require(_statistics.Length > 0, Name, "statistics", "empty", "at least one, such as mean");
        SettingCheck.Require(
            _statistics.Distinct().Count() == _statistics.Length, Name, "statistics", string.Join(", ", _statistics), "each statistic once");
        SettingCheck.Require(
            _set.HopSeconds > 0 || !_statistics.Contains(FrameStatistic.Slope), Name, "statistics", string.Join(", ", _statistics), $"no slope: the frames of '{_set.Name}' have no fixed distance in time");
        Fingerprint = $"{FunctionalsOfOptions.Suffix[1..]}/1 {string.Join(',', _statistics)} of ({_set.Fingerprint})";
    }

    /// <inheritdoc/>
    public override string Name => _set.Name + FunctionalsOfOptions.Suffix;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _set.Dimensions * _statistics.Length;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        [.. _set.Describe().SelectMany(v => _statistics.Select(s => new FeatureDescription($"{v.Name}_{Suffix(s)}", Unit(v.Unit, s), v.Source)))];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _set.Extract(waveform);
        var result = new float[Dimensions];
        var column = new double[frames.Frames];
        var sorted = _statistics.Any(s => Rank(s) is not null) ? new double[frames.Frames] : [];
        for (var d = 0; d < frames.Dimensions; d++)
        {
            for (var frame = 0; frame < column.Length; frame++)
            {
                column[frame] = frames.Values[(frame * frames.Dimensions) + d];
            }

            var mean = column.Average();
            if (sorted.Length > 0)
            {
                column.CopyTo(sorted, 0);
                Array.Sort(sorted);
            }

            for (var s = 0; s < _statistics.Length; s++)
            {
                result[(d * _statistics.Length) + s] = (float)Of(_statistics[s], column, mean, sorted);
            }
        }

        return new FeatureMatrix(result, 1, result.Length);
    }

    private static string Suffix(FrameStatistic statistic) => statistic switch
    {
        FrameStatistic.Mean => "mean",
        FrameStatistic.StandardDeviation => "stddev",
        FrameStatistic.Skewness => "skewness",
        FrameStatistic.Kurtosis => "kurtosis",
        FrameStatistic.Minimum => "min",
        FrameStatistic.Maximum => "max",
        FrameStatistic.Percentile20 => "percentile20",
        FrameStatistic.Median => "median",
        FrameStatistic.Percentile80 => "percentile80",
        _ => "slope",
    };

    private static string Unit(string unit, FrameStatistic statistic) => statistic switch
    {
        FrameStatistic.Skewness or FrameStatistic.Kurtosis => "1",
        FrameStatistic.Slope => $"{unit} / s",
        _ => unit,
    };

    private static double? Rank(FrameStatistic statistic) => statistic switch
    {
        FrameStatistic.Percentile20 => 0.2,
        FrameStatistic.Median => 0.5,
        FrameStatistic.Percentile80 => 0.8,
        _ => null,
    };

    private static double StandardisedMoment(double[] values, double mean, int order)
    {
        var variance = CentralMoment(values, mean, 2);

        // What rounding leaves of a constant is no variation.
        return variance <= 1e-12 * mean * mean || variance == 0 ? 0 : CentralMoment(values, mean, order) / Math.Pow(variance, order / 2.0);
    }

    private static double CentralMoment(double[] values, double mean, int order)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            var difference = value - mean;
            var square = difference * difference;
            sum += order switch
            {
                2 => square,
                3 => square * difference,
                _ => square * square,
            };
        }

        return sum / values.Length;
    }

    private double Of(FrameStatistic statistic, double[] values, double mean, double[] sorted)
    {
        if (Rank(statistic) is { } rank)
        {
            var at = rank * (sorted.Length - 1);
            var low = (int)at;
            return sorted[low] + ((at - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
        }

        return statistic switch
        {
            FrameStatistic.Mean => mean,
            FrameStatistic.StandardDeviation => Math.Sqrt(CentralMoment(values, mean, 2)),
            FrameStatistic.Skewness => StandardisedMoment(values, mean, 3),
            FrameStatistic.Kurtosis => StandardisedMoment(values, mean, 4),
            FrameStatistic.Minimum => values.Min(),
            FrameStatistic.Maximum => values.Max(),
            _ => Slope(values, mean),
        };
    }

    private double Slope(double[] values, double mean)
    {
        if (values.Length == 1)
        {
            return 0;
        }

        var (middle, n) = ((values.Length - 1) / 2.0, (double)values.Length);
        var product = values.Select((v, i) => (i - middle) * (v - mean)).Sum();
        return product / (n * ((n * n) - 1) / 12) / _set.HopSeconds;
    }
}
