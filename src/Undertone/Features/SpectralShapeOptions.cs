namespace Undertone.Features;

/// <summary>The settings of the descriptors of a spectrum's shape.</summary>
public sealed record SpectralShapeOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "spectral-shape";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "Centroid, spread, roll-off, flux, flatness, irregularity, zero crossings and contrast, frame by frame.",
        SpectralShape.Source,
        new SpectralShapeOptions());

    /// <summary>How audio is cut into frames. Default as <see cref="FramingOptions"/>.</summary>
    public FramingOptions Frames { get; init; } = new();

    /// <summary>The share of the power that lies below the roll-off, above 0 and below 1. Default 0.85.</summary>
    public double RollOff { get; init; } = 0.85;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new SpectralShape(this);
}
