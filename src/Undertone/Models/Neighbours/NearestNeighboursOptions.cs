using System.Globalization;

namespace Undertone.Models.Neighbours;

/// <summary>How far two vectors lie apart.</summary>
public enum VectorDistance
{
    /// <summary>The root of the sum of squared differences.</summary>
    Euclidean,

    /// <summary>The sum of absolute differences.</summary>
    Manhattan,

    /// <summary>One less the cosine of the angle between the two.</summary>
    Cosine,
}

/// <summary>How much a neighbour's vote counts.</summary>
public enum NeighbourWeights
{
    /// <summary>Each the same.</summary>
    Uniform,

    /// <summary>One by its distance; at distance 0 no other counts.</summary>
    Distance,
}

/// <summary>The settings of <see cref="NearestNeighbours"/>.</summary>
public sealed record NearestNeighboursOptions : IValidatedSettings
{
    /// <summary>How many neighbours vote (k). Default 21.</summary>
    public int Neighbours { get; init; } = 21;

    /// <summary>How distance is measured. Default Euclidean.</summary>
    public VectorDistance Distance { get; init; } = VectorDistance.Euclidean;

    /// <summary>How votes count. Default by distance.</summary>
    public NeighbourWeights Weights { get; init; } = NeighbourWeights.Distance;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Neighbours < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"neighbours must be at least 1, but is {Neighbours}");
        }
    }
}
