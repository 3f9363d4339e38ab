using Undertone.Models;
using Undertone.Models.Neighbours;

namespace Undertone.Systems.Traditional;

/// <summary>The simplest of classifiers: the nearest training vectors vote.</summary>
public sealed class Knn : FunctionalsSystem<KnnSettings>
{
    /// <inheritdoc/>
    public override string Name => "knn";

    /// <inheritdoc/>
    public override string Summary => "k nearest neighbours on functionals";

    /// <inheritdoc/>
    public override string Citation => "Cover & Hart 1967, doi:10.1109/TIT.1967.1053964";

    /// <inheritdoc/>
    protected override IFittedClassifier FitVectors(KnnSettings settings, ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return NearestNeighbours.Fit(data, settings.Vote);
    }

    /// <inheritdoc/>
    protected override IFittedClassifier ReadVectors(KnnSettings settings, ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return NearestNeighbours.Read(arrays, settings.Vote, classes);
    }
}

/// <summary>The settings of <see cref="Knn"/>.</summary>
public sealed record KnnSettings : FunctionalsSettings
{
    /// <summary>Creates the defaults.</summary>
    public KnnSettings() => Features = "compare-2016";

    /// <summary>Neighbours, distance and votes.</summary>
    public NearestNeighboursOptions Vote { get; init; } = new();
}
