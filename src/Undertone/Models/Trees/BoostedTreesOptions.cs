using System.Globalization;

namespace Undertone.Models.Trees;

/// <summary>The settings of <see cref="BoostedTreesClassifier"/>.</summary>
public sealed record BoostedTreesOptions : IValidatedSettings
{
    /// <summary>Rounds; each grows one tree a class. Default 100.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>By how much a tree's answer counts. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The most leaves of a tree. Default 4.</summary>
    public int Leaves { get; init; } = 4;

    /// <summary>The fewest rows of a leaf. Default 5.</summary>
    public int LeastRows { get; init; } = 5;

    /// <summary>What is added to the curvature of a leaf, which draws its answer towards 0. Default 1.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Into how many bins the training values of a feature are sorted. Default 64.</summary>
    public int Bins { get; init; } = 64;

    /// <summary>The share of the features, drawn anew, that a tree is grown on. Default 0.05.</summary>
    public double Features { get; init; } = 0.05;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value, least) in new[] { ("rounds", Rounds, 1), ("leaves", Leaves, 2), ("least-rows", LeastRows, 1), ("bins", Bins, 2) })
        {
            if (value < least)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} must be at least {least}, but is {value}");
            }
        }

        if (Bins > 256)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"bins must be at most 256, but is {Bins}");
        }

        if (!(LearningRate > 0 && LearningRate <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"learning-rate must be in (0, 1], but is {LearningRate}");
        }

        if (!(Penalty >= 0 && double.IsFinite(Penalty)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"penalty must be at least 0, but is {Penalty}");
        }

        if (!(Features > 0 && Features <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"features must be in (0, 1], but is {Features}");
        }
    }
}
