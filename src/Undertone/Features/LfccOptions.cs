namespace Undertone.Features;

/// <summary>
/// The settings of linear-frequency cepstral coefficients (Davis &amp; Mermelstein 1980, doi:10.1109/TASSP.1980.1163420):
/// as MFCC, of triangles of equal width, so that high frequencies count as much as low ones.
/// </summary>
public sealed record LfccOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "lfcc";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "Linear-frequency cepstral coefficients with deltas, frame by frame.", LogMelOptions.Source, new LfccOptions());

    /// <summary>How audio is cut into frames. Default as <see cref="FramingOptions"/>.</summary>
    public FramingOptions Frames { get; init; } = new();

    /// <summary>The number of triangles. Default 40.</summary>
    public int Bands { get; init; } = 40;

    /// <summary>The lower edge of the lowest band, in Hz. Default 50.</summary>
    public double LowestFrequency { get; init; } = 50;

    /// <summary>The upper edge of the highest band, in Hz; null is half the sample rate. Default null.</summary>
    public double? HighestFrequency { get; init; }

    /// <summary>The number of coefficients, the zeroth included: at most the number of bands. Default 20.</summary>
    public int Coefficients { get; init; } = 20;

    /// <summary>0 for none, 1 for deltas, 2 for deltas of both orders behind the coefficients. Default 2.</summary>
    public int Deltas { get; init; } = 2;

    /// <summary>The number of frames that a delta (regression) looks at, odd, at least 3. Default 5.</summary>
    public int DeltaWidth { get; init; } = 5;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Lfcc(this);
}
