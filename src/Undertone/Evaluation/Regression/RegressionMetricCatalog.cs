namespace Undertone.Evaluation.Regression;

/// <summary>
/// The regression metrics by name. <see cref="Default"/> holds those that ship; a program that brings metrics of its
/// own makes a catalog with them.
/// </summary>
public sealed class RegressionMetricCatalog
{
    private readonly Dictionary<string, RegressionMetric> _byName;

    /// <summary>Makes a catalog.</summary>
    /// <param name="metrics">The metrics, in the order that lists show.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public RegressionMetricCatalog(IEnumerable<RegressionMetric> metrics)
    {
        All = [.. metrics];
        _byName = All.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>The metrics that ship with Undertone.</summary>
    public static RegressionMetricCatalog Default { get; } = new(
    [
        new ConcordanceCorrelation(),
        new PearsonCorrelation(),
        new MeanSquaredError(),
        new RootMeanSquaredError(),
        new MeanAbsoluteError(),
    ]);

    /// <summary>Every metric, in the order given.</summary>
    public IReadOnlyList<RegressionMetric> All { get; }

    /// <summary>The metrics' names, in the same order.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(m => m.Name)];

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name: <c>ccc</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public RegressionMetric Get(string name) =>
        _byName.TryGetValue(name, out var metric)
            ? metric
            : throw new UndertoneException($"there is no regression metric '{name}'{NearestName.Hint(name, Names)}");
}
