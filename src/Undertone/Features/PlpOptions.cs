using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>The settings of the cepstra of perceptual linear prediction (Hermansky 1990, doi:10.1121/1.399423).</summary>
public sealed record PlpOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "plp";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "Perceptual linear prediction cepstra with deltas, frame by frame.", PerceptualLinearPrediction.Source, new PlpOptions());

    /// <summary>How audio is cut into frames. Default as <see cref="FramingOptions"/> with Hamming's window, as in the paper.</summary>
    public FramingOptions Frames { get; init; } = new() { Window = WindowShape.Hamming };

    /// <summary>The number of poles, below the number of critical bands (21 at 16 kHz). Default 12.</summary>
    public int Order { get; init; } = 12;

    /// <summary>The number of cepstral coefficients, the zeroth (the logarithm of the gain) included. Default 13.</summary>
    public int Coefficients { get; init; } = 13;

    /// <summary>0 for none, 1 for deltas, 2 for deltas of both orders behind the coefficients. Default 2.</summary>
    public int Deltas { get; init; } = 2;

    /// <summary>The number of frames that a delta (regression) looks at, odd, at least 3. Default 5.</summary>
    public int DeltaWidth { get; init; } = 5;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Plp(this);
}
