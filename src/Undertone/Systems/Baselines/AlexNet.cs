using System.Text.Json.Serialization;
using Undertone.Corpora;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// AlexNet on spectrogram images, from scratch or from weights trained on ImageNet. As torchvision has it: one tower (Krizhevsky
/// 2014, arXiv:1404.5997) in place of two, without local response normalisation.
/// </summary>
public sealed class AlexNet : DeepSystem<AlexNetSettings>
{
    /// <summary>Layers by torchvision's names.</summary>
    private static readonly (string Own, string Published)[] Layers =
    [
        ("conv1", "features.0"), ("conv2", "features.3"), ("conv3", "features.6"), ("conv4", "features.8"), ("conv5", "features.10"),
        ("hidden1", "classifier.1"), ("hidden2", "classifier.4"),
    ];

    /// <summary>Reads weights that were trained on ImageNet into a network of this system with a width multiplier of 1.</summary>
    public static PretrainedWeights ImageNet { get; } = new(
        "torchvision's alexnet",
        "safetensors.torch.save_file(torchvision.models.alexnet(weights='IMAGENET1K_V1').state_dict(), 'alexnet.safetensors')",
        Layers
            .SelectMany(l => new[] { "weight", "bias" }.Select(p => (Own: $"{l.Own}.{p}", Published: $"{l.Published}.{p}")))
            .ToDictionary(n => n.Own, n => (IReadOnlyList<string>)[n.Published]),
        ["classifier.6."]);

    /// <inheritdoc/>
    public override string Name => "alexnet";

    /// <inheritdoc/>
    public override string Summary => "AlexNet on spectrogram images, from scratch or from ImageNet weights";

    /// <inheritdoc/>
    public override string Citation => "Krizhevsky, Sutskever & Hinton 2012, ImageNet classification with deep convolutional neural networks, doi:10.1145/3065386";

    /// <inheritdoc/>
    public override SequenceClassifier Build(AlexNetSettings settings, int dimensions, int classes) => new Network(settings, classes);

    /// <inheritdoc/>
    public override void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        base.Require(settings, task, corpus, utterances);
        if (((AlexNetSettings)settings).Weights is { } path)
        {
            ImageNet.Check(path);
        }
    }

    /// <inheritdoc/>
    protected override void Begin(AlexNetSettings settings, SequenceClassifier network)
    {
        if (settings.Weights is { } path)
        {
            ImageNet.Load(path, network);
        }
    }

    private sealed class Network : EmbeddingClassifier
    {
        /// <summary>The side of the map that the classifier sees.</summary>
        private const int Side = 6;

        private readonly AlexNetSettings _settings;
        private readonly Conv2d _conv1;
        private readonly Conv2d _conv2;
        private readonly Conv2d _conv3;
        private readonly Conv2d _conv4;
        private readonly Conv2d _conv5;
        private readonly MaxPool2d _pool;
        private readonly AdaptiveAvgPool2d _fit;
        private readonly Dropout _dropout;
        private readonly Linear _hidden1;
        private readonly Linear _hidden2;
        private readonly Linear _output;

        public Network(AlexNetSettings settings, int classes)
        {
            _settings = settings;
            int Scaled(int published) => settings.Scaled(published);
            _conv1 = Register("conv1", new Conv2d(3, Scaled(64), 11, stride: 4, padding: 2));
            _conv2 = Register("conv2", new Conv2d(Scaled(64), Scaled(192), 5, padding: 2));
            _conv3 = Register("conv3", new Conv2d(Scaled(192), Scaled(384), 3, padding: 1));
            _conv4 = Register("conv4", new Conv2d(Scaled(384), Scaled(256), 3, padding: 1));
            _conv5 = Register("conv5", new Conv2d(Scaled(256), Scaled(256), 3, padding: 1));
            _pool = Register("pool", new MaxPool2d(3, 2));
            _fit = Register("fit", new AdaptiveAvgPool2d(Side));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _hidden1 = Register("hidden1", new Linear(Scaled(256) * Side * Side, Scaled(4096)));
            _hidden2 = Register("hidden2", new Linear(Scaled(4096), Scaled(4096)));
            _output = Register("output", new Linear(Scaled(4096), classes));
            RectifierInitialisation.Apply(this, except: _output);
            // As Krizhevsky et al. 2012: an output near zero is sure of nothing before it has learned.
            Init.Normal(_output.Weight, 0, 0.01);
        }

        public override int MinimumFrames => _settings.Features.Width;

        public override int EmbeddingWidth => _settings.Scaled(4096);

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = _pool.Forward(_conv1.Forward(FrameMaps.Images(features, _settings.Bands)).Relu());
            x = _pool.Forward(_conv2.Forward(x).Relu());
            x = _conv4.Forward(_conv3.Forward(x).Relu()).Relu();
            x = _fit.Forward(_pool.Forward(_conv5.Forward(x).Relu())).Contiguous().Flatten(1);
            x = _hidden1.Forward(_dropout.Forward(x)).Relu();
            return _hidden2.Forward(_dropout.Forward(x)).Relu();
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="AlexNet"/>.</summary>
public sealed record AlexNetSettings : ImageSettings
{
    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 63;
}
