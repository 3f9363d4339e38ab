using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that fully connected networks on one vector an utterance share.</summary>
public abstract record FullyConnectedSettings : DeepSettings
{
    /// <summary>Creates the shared defaults.</summary>
    protected FullyConnectedSettings()
    {
        // One vector an utterance has no mean of its own to be taken away, and no neighbours to be shifted to.
        Normalisation = Normalisation.Global;
        Augmentation = new AugmentationSettings
        {
            TimeStretch = 0,
            FrequencyShift = 0,
            Mixup = 0.2,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 0, TimeMasks = 0 },
        };
        Members = 5;
    }

    /// <summary>The functionals, by name: <c>egemaps</c>, <c>compare-2016</c>, <c>mfcc-functionals</c>, or several joined by <c>+</c>.</summary>
    public string Features { get; init; } = "egemaps";

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Dropout behind each hidden layer.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Dropout of the functionals themselves.</summary>
    public double InputDropout { get; init; } = 0.1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => FeatureSetCatalog.Default.Get(Features).Options;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = new List<string>([.. base.Problems(), .. Probability(Dropout)]);
        problems.AddRange(AtLeastOne(Hidden.Select(h => ("hidden", h)).Append(("hidden's count", Hidden.Count))));
        if (InputDropout is not (>= 0 and < 1))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"input-dropout must be in [0, 1), but is {InputDropout}"));
        }

        if (Normalisation is Normalisation.Utterance or Normalisation.UtteranceVariance)
        {
            problems.Add("normalisation by the utterance needs frames, and functionals are one vector an utterance, which would become 0; choose global, speaker, corpus or none");
        }

        try
        {
            _ = FeatureSet;
        }
        catch (UndertoneException error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }
}
