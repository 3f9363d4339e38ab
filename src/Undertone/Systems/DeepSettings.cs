using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>The settings that all deep systems share.</summary>
public abstract record DeepSettings : SystemSettings, IValidatedSettings
{
    /// <summary>
    /// Creates the shared defaults: each utterance is normalised by itself, which serves a lone recording and, on the
    /// development speakers, did better than the training speakers' mean (docs/results/tuning.md).
    /// </summary>
    protected DeepSettings() => Normalisation = Normalisation.Utterance;

    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>What training utterances are changed by.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>
    /// Networks trained alike but for their random choices, whose probabilities are averaged (deep ensembles,
    /// Lakshminarayanan et al. 2017, arXiv:1612.01474).
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>The feature set; a system's own record exposes it as <c>features</c> with its options.</summary>
    [JsonIgnore]
    public abstract FeatureOptions FeatureSet { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string FeatureFingerprint => FeatureSet.CreateExtractor().Fingerprint;

    /// <summary>Values of a frame that are neighbouring bands, for augmentations along frequency.</summary>
    [JsonIgnore]
    public abstract int Bands { get; }

    /// <inheritdoc/>
    public virtual IEnumerable<string> Problems() =>
    [
        .. AtLeastOne(("members", Members)),
        .. Training.Loss?.Kind == LossKind.Triplet && Augmentation.Mixup > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"training.loss.kind: triplet needs utterances of one class each, and augmentation.mixup: {Augmentation.Mixup} mixes them; set it to 0")]
            : Array.Empty<string>(),
    ];

    /// <summary>Says of counts that are less than one what they may be.</summary>
    /// <param name="counts">Settings by name.</param>
    protected static IEnumerable<string> AtLeastOne(params IEnumerable<(string Name, int Value)> counts) => counts
        .Where(c => c.Value < 1)
        .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be at least 1, but is {c.Value}"));

    /// <summary>Says of kernels that have no middle what they may be.</summary>
    /// <param name="kernels">Settings by name.</param>
    protected static IEnumerable<string> Odd(params IEnumerable<(string Name, int Value)> kernels) => kernels
        .Where(k => k.Value % 2 == 0)
        .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Name} must be odd, but is {k.Value}"));

    /// <summary>Says of a dropout what it may be.</summary>
    /// <param name="dropout">The setting.</param>
    /// <param name="name">Its name.</param>
    protected static IEnumerable<string> Probability(double dropout, string name = "dropout") =>
        dropout is >= 0 and < 1 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name} must be in [0, 1), but is {dropout}")];

    /// <summary>Says of heads that do not divide the values they are to share.</summary>
    /// <param name="heads">The setting <c>heads</c>.</param>
    /// <param name="name">The name of what they divide.</param>
    /// <param name="width">Its value.</param>
    protected static IEnumerable<string> HeadsDivide(int heads, string name, int width) => heads >= 1 && width >= 1 && width % heads == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"heads must divide {name}, but {heads} does not divide {width}")];
}
