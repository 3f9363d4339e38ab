using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>
/// The settings of gammatone cepstra: as MFCC, of filters shaped like those of the inner ear
/// (<see cref="GammatoneFilters"/>) in place of mel triangles.
/// </summary>
public sealed record GammatoneOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "gammatone";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "Gammatone-filter cepstra with deltas, frame by frame.", GammatoneFilters.Source, new GammatoneOptions());

    /// <summary>How audio is cut into frames. Default as <see cref="FramingOptions"/>.</summary>
    public FramingOptions Frames { get; init; } = new();

    /// <summary>The number of filters. Default 64.</summary>
    public int Bands { get; init; } = 64;

    /// <summary>The lower end of the filters, in Hz. Default 50.</summary>
    public double LowestFrequency { get; init; } = 50;

    /// <summary>The upper end of the filters, in Hz; null is half the sample rate. Default null.</summary>
    public double? HighestFrequency { get; init; }

    /// <summary>The number of cepstral coefficients, the zeroth included: at most the number of bands; 0 gives the logarithmic energies of the bands themselves. Default 30.</summary>
    public int Coefficients { get; init; } = 30;

    /// <summary>0 for none, 1 for deltas, 2 for deltas of both orders behind the values. Default 2.</summary>
    public int Deltas { get; init; } = 2;

    /// <summary>The number of frames that a delta (regression) looks at, odd, at least 3. Default 5.</summary>
    public int DeltaWidth { get; init; } = 5;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Gammatone(this);
}
