namespace Undertone.Features;

/// <summary>
/// The settings of the timbre set: statistics of MFCC with deltas, of the spectrum's shape and of pitch classes over the
/// utterance, as systems of timbre features with MFCC use them. The set is a reconstruction by the descriptors that such
/// papers name: no table of it is published.
/// </summary>
public sealed record TimbreOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "timbre";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "Statistics of MFCC, the spectrum's shape and pitch classes over the utterance.",
        $"{LogMelOptions.Source}; {SpectralShape.Source}",
        new TimbreOptions());

    /// <summary>The MFCC. Default 13 coefficients with deltas of both orders.</summary>
    public MfccOptions Mfcc { get; init; } = new() { Coefficients = 13 };

    /// <summary>The spectrum's shape. Default as <see cref="SpectralShapeOptions"/>.</summary>
    public SpectralShapeOptions Shape { get; init; } = new();

    /// <summary>The pitch classes. Default as <see cref="ChromaOptions"/>.</summary>
    public ChromaOptions Chroma { get; init; } = new();

    /// <summary>The statistics of each value, in output order, none twice. Default mean, standard deviation, skewness, kurtosis, 20th, 50th and 80th percentile.</summary>
    public IReadOnlyList<FrameStatistic> Statistics { get; init; } =
    [
        FrameStatistic.Mean, FrameStatistic.StandardDeviation, FrameStatistic.Skewness, FrameStatistic.Kurtosis,
        FrameStatistic.Percentile20, FrameStatistic.Median, FrameStatistic.Percentile80,
    ];

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Timbre(this);
}
