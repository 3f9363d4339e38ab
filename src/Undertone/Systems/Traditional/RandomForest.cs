using Undertone.Models;
using Undertone.Models.Trees;

namespace Undertone.Systems.Traditional;

/// <summary>A random forest: hundreds of trees, each grown on other rows and other values, say together what none knows alone.</summary>
public sealed class RandomForest : FunctionalsSystem<RandomForestSettings>
{
    /// <inheritdoc/>
    public override string Name => "random-forest";

    /// <inheritdoc/>
    public override string Summary => "Random forest on functionals";

    /// <inheritdoc/>
    public override string Citation => "Breiman 2001, doi:10.1023/A:1010933404324";

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(RandomForestSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return RandomForestClassifier.Fit(data, settings.Forest);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(RandomForestSettings settings, ModelArrays arrays, int classes) =>
        RandomForestClassifier.Read(arrays, classes);
}

/// <summary>The settings of <see cref="RandomForest"/>.</summary>
public sealed record RandomForestSettings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public RandomForestSettings() => Features = "compare-2016";

    /// <summary>The trees.</summary>
    public RandomForestOptions Forest { get; init; } = new();
}
