using Undertone.Features.Functionals;

namespace Undertone.Features;

/// <summary>
/// The settings of the log-covariance set: how cepstra, pitch and voice quality move together, now and a little later. What
/// it was chosen by is told in <c>docs/features/log-covariance.md</c>.
/// </summary>
public sealed record LogCovarianceOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "log-covariance";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "How cepstra, pitch and voice quality move together, within 60 and 300 ms: logarithms of their covariance, and means.",
        LogEuclideanCovariance.Source,
        new LogCovarianceOptions());

    /// <summary>The cepstra; their deltas are not used, since the lags say more. Default 13 coefficients of 32 bands.</summary>
    public MfccOptions Mfcc { get; init; } = new() { Mel = new LogMelOptions { Bands = 32 }, Coefficients = 13, Deltas = 0 };

    /// <summary>
    /// The later frames that each frame is stacked with, in frames of the cepstra, rising, each at least 1: one covariance for
    /// each list. Default 1, 3 and 6, the movement within a sound, and 10, 20 and 30, from sound to sound.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Lags { get; init; } = [[1, 3, 6], [10, 20, 30]];

    /// <summary>What is added to every variance before the logarithm is taken, above 0. Default 0.001.</summary>
    public double Floor { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new LogCovariance(this);
}
