using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Models;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// Fully connected layers, one activation and dropout behind each, on one vector an utterance: what systems share whose layers
/// are pre-trained one by one.
/// </summary>
internal sealed class LayeredNetwork : EmbeddingClassifier
{
    private readonly SequencePooling _pooling;
    private readonly Sequential _hidden;
    private readonly Linear _output;

    /// <summary>Builds the network.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="activation">What follows each of them.</param>
    /// <param name="dimensions">Values of the vector.</param>
    /// <param name="classes">The number of classes.</param>
    public LayeredNetwork(LayeredSettings settings, IReadOnlyList<int> hidden, Func<Layer> activation, int dimensions, int classes)
    {
        _pooling = Register("pooling", new SequencePooling(PoolingKind.Mean, dimensions));
        var parts = new List<(string, Layer)> { ("input_dropout", new Dropout(settings.InputDropout)) };
        for (var i = 0; i < hidden.Count; i++)
        {
            Layers.Add(new Linear(i == 0 ? dimensions : hidden[i - 1], hidden[i]));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"linear_{i + 1}"), Layers[i]));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"activation_{i + 1}"), activation()));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"dropout_{i + 1}"), new Dropout(settings.Dropout)));
        }

        _hidden = Register("hidden", new Sequential([.. parts]));
        EmbeddingWidth = hidden[^1];
        _output = Register("output", new Linear(EmbeddingWidth, classes));
    }

    /// <summary>The hidden layers, the lowest first.</summary>
    public List<Linear> Layers { get; } = [];

    /// <inheritdoc/>
    public override int MinimumFrames => 1;

    /// <inheritdoc/>
    public override int EmbeddingWidth { get; }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor features, int[] lengths) => _hidden.Forward(_pooling.Forward(features, lengths));

    /// <inheritdoc/>
    public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
}

/// <summary>The settings that systems share whose layers see one vector an utterance and are pre-trained on such vectors without labels.</summary>
public abstract record LayeredSettings : DeepSettings
{
    /// <summary>Creates the defaults.</summary>
    protected LayeredSettings()
    {
        // One vector an utterance has no mean of its own to be taken away, and no neighbours to be shifted to.
        Normalisation = Normalisation.Global;
        Training = new TrainingSettings { Epochs = 60, BatchSize = 32, LearningRate = 1e-3, Patience = 20 };
        Augmentation = new AugmentationSettings
        {
            TimeStretch = 0,
            FrequencyShift = 0,
            Mixup = 0.2,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 0, TimeMasks = 0 },
        };
        Members = 5;
    }

    /// <summary>The functionals, by name: <c>egemaps</c>, <c>compare-2016</c>, <c>log-covariance</c>, or several joined by <c>+</c>.</summary>
    public string Features { get; init; } = "egemaps";

    /// <summary>Dropout behind each hidden layer, in fine-tuning.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Dropout of the functionals themselves, in fine-tuning.</summary>
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
        var problems = new List<string>([.. base.Problems(), .. Probability(Dropout), .. Probability(InputDropout, "input-dropout")]);
        if (Normalisation is Normalisation.Utterance or Normalisation.UtteranceVariance)
        {
            problems.Add("normalisation by the utterance needs frames, and functionals are one vector an utterance, which would become 0; choose global, speaker, corpus or none");
        }

        try
        {
            if (!FeatureSet.CreateExtractor().IsFunctionals)
            {
                problems.Add($"features must be one vector an utterance, but '{Features}' are frames; '{Features}-functionals' are statistics of them");
            }
        }
        catch (UndertoneException error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }

    /// <summary>Says of hidden layers that are none, or are empty, what they may be.</summary>
    /// <param name="hidden">The setting <c>hidden</c>.</param>
    protected static IEnumerable<string> Layers(IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        return AtLeastOne(hidden.Select(h => ("hidden", h)).Append(("hidden's count", hidden.Count)));
    }
}
