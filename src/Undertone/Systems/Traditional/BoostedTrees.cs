using Undertone.Models;
using Undertone.Models.Trees;

namespace Undertone.Systems.Traditional;

/// <summary>Gradient-boosted trees: each small tree mends what those before it still get wrong.</summary>
public sealed class BoostedTrees : FunctionalsSystem<BoostedTreesSettings>
{
    /// <inheritdoc/>
    public override string Name => "boosted-trees";

    /// <inheritdoc/>
    public override string Summary => "Gradient-boosted trees on functionals";

    /// <inheritdoc/>
    public override string Citation => "Friedman 2001, doi:10.1214/aos/1013203451; Chen & Guestrin 2016, doi:10.1145/2939672.2939785";

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(BoostedTreesSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return BoostedTreesClassifier.Fit(data, settings.Boosting);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(BoostedTreesSettings settings, ModelArrays arrays, int classes) =>
        BoostedTreesClassifier.Read(arrays, classes);
}

/// <summary>The settings of <see cref="BoostedTrees"/>.</summary>
public sealed record BoostedTreesSettings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public BoostedTreesSettings() => Features = "compare-2016";

    /// <summary>The trees.</summary>
    public BoostedTreesOptions Boosting { get; init; } = new();
}
