namespace Undertone.Evaluation.Regression;

/// <summary>One number of a regression target. A metric is one file and a line in <see cref="RegressionMetricCatalog"/>.</summary>
public abstract class RegressionMetric
{
    /// <summary>The name by which it is asked for: <c>ccc</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The heading of its column or row: <c>CCC</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What it says, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Whether more is better; otherwise less is.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>Computes the number.</summary>
    /// <param name="truth">True values, at least one.</param>
    /// <param name="predicted">Predicted values, as many.</param>
    /// <returns>The number; NaN where these values give it none, each metric says when.</returns>
    /// <exception cref="UndertoneException">There are no values.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public double Score(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        if (truth.Length != predicted.Length)
        {
            throw new ArgumentException($"{truth.Length} true values, but {predicted.Length} predicted ones.", nameof(predicted));
        }

        return truth.Length > 0 ? Compute(truth, predicted) : throw new UndertoneException("no predictions to score; expected at least one row.");
    }

    /// <summary>Computes the number of values that were checked.</summary>
    /// <param name="truth">True values, at least one.</param>
    /// <param name="predicted">Predicted values, as many.</param>
    protected abstract double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted);

    /// <summary>Whether all values are the same, told from the values: their variance may come out a little above 0.</summary>
    /// <param name="values">At least one.</param>
    protected static bool IsConstant(ReadOnlySpan<double> values) => !values.ContainsAnyExcept(values[0]);
}
