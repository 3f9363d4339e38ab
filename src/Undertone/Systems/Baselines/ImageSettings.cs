using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share which see spectrograms as pictures of fixed size.</summary>
public abstract record ImageSettings : DeepSettings
{
    /// <summary>Creates the defaults.</summary>
    protected ImageSettings()
    {
        // Levels are counted from the utterance's loudest already; its mean spectrum is part of the picture.
        Normalisation = Normalisation.Global;
        Training = new TrainingSettings { LearningRate = 5e-4, BatchSize = 32, Epochs = 40, EarliestEpoch = 20 };
        // An image of another width is none that the network could see.
        Augmentation = new AugmentationSettings
        {
            Speeds = [0.9, 1.1],
            TimeStretch = 0,
            FrequencyShift = 2,
            Mixup = 0.2,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 1, FrequencyWidth = 12, TimeMasks = 1, TimeWidth = 12 },
        };
    }

    /// <summary>The image.</summary>
    public SpectrogramImageOptions Features { get; init; } = new() { Height = 96, Width = 96, Axis = ImageAxis.Mel };

    /// <summary>
    /// The share of the published network's channels and hidden units that is built, 1 for all: a quarter is trained in
    /// minutes without a graphics card. Weights from a file need 1.
    /// </summary>
    public double WidthMultiplier { get; init; } = 0.25;

    /// <summary>
    /// A safetensors file of weights trained on ImageNet, under torchvision's names, to start from; null starts from random
    /// weights. The layer of ImageNet's classes is left out. Images are normalised as <c>normalisation</c> says, to mean 0 and
    /// deviation 1, as ImageNet's are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Weights { get; init; }

    /// <summary>Dropout before each hidden layer of the classifier.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => Features.Height;

    /// <summary>The smallest side of an image that the network's pooling leaves something of.</summary>
    [JsonIgnore]
    protected abstract int SmallestSide { get; }

    /// <summary>So many channels or units of the published network's.</summary>
    /// <param name="published">The published network's.</param>
    public int Scaled(int published) => Math.Max(1, (int)Math.Round(published * WidthMultiplier));

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = new List<string>([.. base.Problems(), .. Probability(Dropout)]);
        (bool Wrong, string Text)[] checks =
        [
            (WidthMultiplier is not (> 0 and <= 1), $"width-multiplier must be greater than 0 and at most 1, but is {WidthMultiplier.ToString(CultureInfo.InvariantCulture)}"),
            (Weights is not null && WidthMultiplier < 1, $"weights: a file holds the whole network; set width-multiplier to 1, which is {WidthMultiplier.ToString(CultureInfo.InvariantCulture)}"),
            (Features.Fit == ImageFit.Whole, "features.fit must be resize or crop, since the network sees images of one size, but is whole"),
            (Math.Min(Features.Height, Features.Width) < SmallestSide, $"features.height and features.width must be at least {SmallestSide}, but are {Features.Height} and {Features.Width}"),
            (Augmentation.TimeStretch > 0, "augmentation.time-stretch must be 0: it changes the width of images; augmentation.speeds changes the speed of the audio"),
        ];
        problems.AddRange(checks.Where(c => c.Wrong).Select(c => c.Text));
        return problems;
    }
}
