using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Corpora;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// VGG on spectrogram images, from scratch or from weights trained on ImageNet: 3 × 3 convolutions in five groups, each
/// followed by max-pooling, and two hidden layers. Batch normalisation, which the paper did not have yet, is a setting, as in
/// torchvision.
/// </summary>
public sealed class Vgg : DeepSystem<VggSettings>
{
    /// <summary>Channels of the five groups.</summary>
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    /// <summary>Convolutions of each group by the number of layers with weights: the paper's configurations A, B, D and E.</summary>
    private static readonly Dictionary<int, int[]> Groups = new()
    {
        [11] = [1, 1, 2, 2, 2],
        [13] = [2, 2, 2, 2, 2],
        [16] = [2, 2, 3, 3, 3],
        [19] = [2, 2, 4, 4, 4],
    };

    /// <summary>The depths there are.</summary>
    public static IReadOnlyList<int> Depths { get; } = [.. Groups.Keys];

    /// <inheritdoc/>
    public override string Name => "vgg";

    /// <inheritdoc/>
    public override string Summary => "VGG on spectrogram images, from scratch or from ImageNet weights";

    /// <inheritdoc/>
    public override string Citation => "Simonyan & Zisserman 2015, Very deep convolutional networks for large-scale image recognition, arXiv:1409.1556";

    /// <inheritdoc/>
    public override SequenceClassifier Build(VggSettings settings, int dimensions, int classes) => new Network(settings, classes);

    /// <inheritdoc/>
    public override void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        base.Require(settings, task, corpus, utterances);
        if (settings is VggSettings { Weights: { } path } vgg)
        {
            ImageNet(vgg).Check(path);
        }
    }

    /// <inheritdoc/>
    protected override void Begin(VggSettings settings, SequenceClassifier network)
    {
        if (settings.Weights is { } path)
        {
            ImageNet(settings).Load(path, network);
        }
    }

    /// <summary>
    /// Reads weights that were trained on ImageNet into a network of this system with a width multiplier of 1. The names are
    /// torchvision's, whose features are numbered with rectifiers and pooling among them; timm names the classifier otherwise.
    /// </summary>
    /// <param name="settings">Depth and normalisation.</param>
    public static PretrainedWeights ImageNet(VggSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var names = new Dictionary<string, IReadOnlyList<string>>
        {
            ["hidden1.weight"] = ["classifier.0.weight", "pre_logits.fc1.weight"],
            ["hidden1.bias"] = ["classifier.0.bias", "pre_logits.fc1.bias"],
            ["hidden2.weight"] = ["classifier.3.weight", "pre_logits.fc2.weight"],
            ["hidden2.bias"] = ["classifier.3.bias", "pre_logits.fc2.bias"],
        };
        var (place, number) = (0, 0);
        foreach (var count in Groups[settings.Depth])
        {
            for (var i = 0; i < count; i++)
            {
                number++;
                foreach (var part in (string[])["weight", "bias"])
                {
                    names[$"conv{number}.{part}"] = [string.Create(CultureInfo.InvariantCulture, $"features.{place}.{part}")];
                }

                foreach (var part in settings.BatchNormalisation ? (string[])["weight", "bias", "running_mean", "running_var"] : [])
                {
                    names[$"norm{number}.{part}"] = [string.Create(CultureInfo.InvariantCulture, $"features.{place + 1}.{part}")];
                }

                place += settings.BatchNormalisation ? 3 : 2;
            }

            place++;
        }

        // How many batches a normalisation was trained on is of no use: only the statistics are.
        var counts = Enumerable.Range(0, place).Select(p => string.Create(CultureInfo.InvariantCulture, $"features.{p}.num_batches_tracked"));
        var model = string.Create(CultureInfo.InvariantCulture, $"vgg{settings.Depth}{(settings.BatchNormalisation ? "_bn" : "")}");
        return new PretrainedWeights(
            $"torchvision's {model}",
            $"safetensors.torch.save_file(torchvision.models.{model}(weights='IMAGENET1K_V1').state_dict(), '{model}.safetensors')",
            names,
            ["classifier.6.", "head.fc.", .. counts]);
    }

    private sealed class Network : EmbeddingClassifier
    {
        /// <summary>The side of the map that the classifier sees.</summary>
        private const int Side = 7;

        private readonly VggSettings _settings;
        private readonly List<(Conv2d Conv, BatchNorm2d? Norm, int Pool)> _layers = [];
        private readonly AdaptiveAvgPool2d _fit;
        private readonly Dropout _dropout;
        private readonly Linear _hidden1;
        private readonly Linear _hidden2;
        private readonly Linear _output;

        public Network(VggSettings settings, int classes)
        {
            _settings = settings;
            var inputs = 3;
            for (var group = 0; group < Channels.Length; group++)
            {
                var count = Groups[settings.Depth][group];
                for (var i = 0; i < count; i++)
                {
                    var (number, channels) = (_layers.Count + 1, settings.Scaled(Channels[group]));
                    var conv = Register($"conv{number}", new Conv2d(inputs, channels, 3, padding: 1));
                    var norm = settings.BatchNormalisation ? Register($"norm{number}", new BatchNorm2d(channels)) : null;
                    _layers.Add((conv, norm, i == count - 1 ? 2 : 1));
                    inputs = channels;
                }
            }

            _fit = Register("fit", new AdaptiveAvgPool2d(Side));
            _hidden1 = Register("hidden1", new Linear(inputs * Side * Side, settings.Scaled(4096)));
            _hidden2 = Register("hidden2", new Linear(settings.Scaled(4096), settings.Scaled(4096)));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(settings.Scaled(4096), classes));
            RectifierInitialisation.Apply(this, except: _output);
            // As Krizhevsky et al. 2012: an output near zero is sure of nothing before it has learned.
            Init.Normal(_output.Weight, 0, 0.01);
        }

        public override int MinimumFrames => _settings.Features.Width;

        public override int EmbeddingWidth => _settings.Scaled(4096);

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.Images(features, _settings.Bands);
            foreach (var (conv, norm, pool) in _layers)
            {
                x = Activate(conv.Forward(x), norm, pool);
            }

            x = _hidden1.Forward(_fit.Forward(x).Contiguous().Flatten(1)).Relu();
            return _hidden2.Forward(_dropout.Forward(x)).Relu();
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));

        private static Tensor Activate(Tensor x, BatchNorm2d? norm, int pool)
        {
            if (norm is not null)
            {
                return Fused.BatchNormReluMaxPool(x, norm, pool, pool, [.. Enumerable.Repeat((int)x.Size(2), (int)x.Size(0))]);
            }

            return pool == 1 ? x.Relu() : Functional.MaxPool2d(x.Relu(), pool);
        }
    }
}

/// <summary>The settings of <see cref="Vgg"/>.</summary>
public sealed record VggSettings : ImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public VggSettings() => WidthMultiplier = 0.125;

    /// <summary>Layers with weights: 11, 13, 16 or 19, the paper's configurations A, B, D and E.</summary>
    public int Depth { get; init; } = 11;

    /// <summary>Whether convolutions are batch-normalised; weights from a file must have been trained in the same way.</summary>
    public bool BatchNormalisation { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 32;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. Vgg.Depths.Contains(Depth) ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"depth must be one of {string.Join(", ", Vgg.Depths)}, but is {Depth}")],
    ];
}
