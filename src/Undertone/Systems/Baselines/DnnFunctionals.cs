using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Models;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A deep network of fully connected layers on functionals: one vector an utterance in, two or three hidden layers of
/// rectified units with batch normalisation and dropout, a linear layer out.
/// </summary>
public sealed class DnnFunctionals : DeepSystem<DnnFunctionalsSettings>
{
    /// <inheritdoc/>
    public override string Name => "dnn-functionals";

    /// <inheritdoc/>
    public override string Summary => "Fully connected network on functionals";

    /// <inheritdoc/>
    public override string Citation =>
        "Stuhlsatz et al. 2011, doi:10.1109/ICASSP.2011.5947651; functionals of Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DnnFunctionalsSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly SequencePooling _pooling;
        private readonly Sequential _hidden;
        private readonly Linear _output;

        public Network(DnnFunctionalsSettings settings, int dimensions, int classes)
        {
            _pooling = Register("pooling", new SequencePooling(PoolingKind.Mean, dimensions));
            var layers = new List<(string, Layer)> { ("input_dropout", new Dropout(settings.InputDropout)) };
            var width = dimensions;
            for (var i = 0; i < settings.Hidden.Count; i++)
            {
                layers.Add(($"linear_{i + 1}", new Linear(width, settings.Hidden[i])));
                layers.Add(($"normalisation_{i + 1}", new BatchNorm1d(settings.Hidden[i])));
                layers.Add(($"relu_{i + 1}", new ReLU()));
                layers.Add(($"dropout_{i + 1}", new Dropout(settings.Dropout)));
                width = settings.Hidden[i];
            }

            _hidden = Register("hidden", new Sequential([.. layers]));
            EmbeddingWidth = width;
            _output = Register("output", new Linear(width, classes));
        }

        public override int MinimumFrames => 1;

        public override int EmbeddingWidth { get; }

        public override Tensor Embed(Tensor features, int[] lengths) => _hidden.Forward(_pooling.Forward(features, lengths));

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="DnnFunctionals"/>.</summary>
public sealed record DnnFunctionalsSettings : DeepSettings
{
    /// <summary>Creates the defaults.</summary>
    public DnnFunctionalsSettings()
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

    /// <summary>The functionals, by name: <c>egemaps</c>, <c>compare-2016</c>, <c>mfcc-functionals</c>, or several joined by <c>+</c>.</summary>
    public string Features { get; init; } = "egemaps";

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 128];

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
