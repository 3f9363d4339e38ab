using Undertone.Features;
using Undertone.Models.Projection;
using Undertone.Models.Selection;

namespace Undertone.Models;

/// <summary>
/// A classifier behind a selection, a projection, or both in that order. They are fitted on the rows that the classifier is
/// fitted on and on no other, and applied to whatever it is asked about.
/// </summary>
public sealed class FeatureReduction : IFittedClassifier
{
    private const string SelectionName = "selection";
    private const string ProjectionName = "projection";

    private readonly (string Name, IFeatureReduction Step)[] _steps;
    private readonly IFittedClassifier _classifier;

    private FeatureReduction((string Name, IFeatureReduction Step)[] steps, IFittedClassifier classifier) => (_steps, _classifier) = (steps, classifier);

    /// <inheritdoc/>
    public long Parameters => _steps.Sum(s => s.Step.Parameters) + _classifier.Parameters;

    /// <summary>Fits reductions and then the classifier on what they leave.</summary>
    /// <param name="data">N vectors.</param>
    /// <param name="selection">The selection; null for none.</param>
    /// <param name="projection">The projection; null for none.</param>
    /// <param name="fit">Fits the classifier.</param>
    /// <returns>The classifier behind its reductions; alone where there is none.</returns>
    public static IFittedClassifier Fit(ClassifierData data, SelectionOptions? selection, ProjectionOptions? projection, Func<ClassifierData, IFittedClassifier> fit)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(fit);
        var steps = new List<(string, IFeatureReduction)>();
        if (selection is not null)
        {
            Reduce(SelectionName, FeatureSubset.Fit(data, selection));
        }

        if (projection is not null)
        {
            Reduce(ProjectionName, LinearProjection.Fit(data, projection));
        }

        var classifier = fit(data);
        return steps.Count == 0 ? classifier : new FeatureReduction([.. steps], classifier);

        void Reduce(string name, IFeatureReduction step)
        {
            steps.Add((name, step));
            data = data with { Features = [.. data.Features.Select(step.Apply)] };
        }
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="dimensions">Values of a vector before any reduction.</param>
    /// <param name="selection">The selection it was fitted with; null for none.</param>
    /// <param name="projection">The projection it was fitted with; null for none.</param>
    /// <param name="read">Reads the classifier.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static IFittedClassifier Read(
        ModelArrays arrays, int dimensions, SelectionOptions? selection, ProjectionOptions? projection, Func<ModelArrays, IFittedClassifier> read)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(read);
        var steps = new List<(string, IFeatureReduction)>();
        if (selection is not null)
        {
            var subset = FeatureSubset.Read(arrays.Within(SelectionName), dimensions);
            steps.Add((SelectionName, subset));
            dimensions = subset.Dimensions;
        }

        if (projection is not null)
        {
            steps.Add((ProjectionName, LinearProjection.Read(arrays.Within(ProjectionName), dimensions)));
        }

        var classifier = read(arrays);
        return steps.Count == 0 ? classifier : new FeatureReduction([.. steps], classifier);
    }

    /// <inheritdoc/>
    public long MultiplyAdds(int frames) => _steps.Sum(s => s.Step.MultiplyAdds) + _classifier.MultiplyAdds(frames);

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features) =>
        _classifier.Probabilities(_steps.Aggregate(features, (f, s) => s.Step.Apply(f)));

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        foreach (var (name, step) in _steps)
        {
            step.Write(arrays.Within(name));
        }

        _classifier.Write(arrays);
    }
}
