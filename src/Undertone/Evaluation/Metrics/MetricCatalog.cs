using Undertone.Evaluation.Calibration;

namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The metrics by name. <see cref="Default"/> holds those that ship; a program that brings metrics of its own makes a
/// catalog with them: <c>new MetricCatalog([.. MetricCatalog.Default.All, new MyMetric()])</c>.
/// </summary>
public sealed class MetricCatalog
{
    private readonly Dictionary<string, Metric> _byName;

    /// <summary>Makes a catalog.</summary>
    /// <param name="metrics">The metrics, in the order that lists show.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public MetricCatalog(IEnumerable<Metric> metrics)
    {
        All = [.. metrics];
        _byName = All.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>The metrics that ship with Undertone.</summary>
    public static MetricCatalog Default { get; } = new(
    [
        new UnweightedAverageRecall(),
        new Accuracy(),
        new MacroF1(),
        new WeightedF1(),
        new MacroPrecision(),
        new WeightedPrecision(),
        new CohensKappa(),
        new MatthewsCorrelation(),
        new AreaUnderCurve(AucAverage.Macro),
        new AreaUnderCurve(AucAverage.Weighted),
        new AreaUnderCurve(AucAverage.OneVersusOne),
        new ExpectedCalibrationError(),
        new BrierScore(),
        new LogLoss(),
    ]);

    /// <summary>Every metric, in the order given.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>The metrics' names, in the same order.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(m => m.Name)];

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name: <c>macro-f1</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public Metric Get(string name) =>
        _byName.TryGetValue(name, out var metric)
            ? metric
            : throw new UndertoneException($"there is no metric '{name}'{NearestName.Hint(name, Names)}");
}
