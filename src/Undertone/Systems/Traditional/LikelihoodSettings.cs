using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Features;

namespace Undertone.Systems.Traditional;

/// <summary>The settings of systems that estimate a density over frames for each class.</summary>
public abstract record LikelihoodSettings : TraditionalSettings
{
    /// <summary>
    /// The cepstral coefficients: few of them, of long windows, because a diagonal Gaussian takes every value for evidence
    /// of its own (docs/results/tuning.md).
    /// </summary>
    public MfccOptions Features { get; init; } = new()
    {
        Mel = new LogMelOptions
        {
            WindowLength = 640,
            HopLength = 256,
            FftLength = 1024,
            Bands = 26,
            LowestFrequency = 50,
            LogFloor = 1e-8,
        },
        Coefficients = 13,
        Deltas = 2,
    };

    /// <summary>
    /// A frame-wise feature set by name, with its default settings, in place of <see cref="Features"/>: <c>plp</c>, <c>lfcc</c>;
    /// null for those.
    /// </summary>
    [InPlaceOf("features")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <summary>
    /// Playback speeds at which each training utterance is heard besides its own: voices that the corpus lacks, and less of
    /// each density that fits single speakers.
    /// </summary>
    public IReadOnlyList<double> Speeds { get; init; } = [0.9, 1.1];

    /// <summary>Densities a class, from other starts, whose log-likelihoods are averaged.</summary>
    public int Members { get; init; } = 2;

    /// <summary>Into how many groups the training speakers are parted to learn how far a likelihood is to be trusted.</summary>
    public int CalibrationGroups { get; init; } = 2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => FrameInput.Options(Input, Features);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        foreach (var problem in FrameInput.Problems(Input, "svm-egemaps", set => FrameInput.TooManyFrames(Input, set)))
        {
            yield return problem;
        }

        foreach (var speed in Speeds.Where(s => s is not (>= 0.5 and <= 2)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"speeds must lie between 0.5 and 2, but one is {speed}");
        }

        if (Members < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"members must be at least 1, but is {Members}");
        }

        if (CalibrationGroups < 2)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"calibration-groups must be at least 2, but is {CalibrationGroups}");
        }
    }
}
