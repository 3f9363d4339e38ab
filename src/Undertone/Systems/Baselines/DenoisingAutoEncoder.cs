using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A denoising auto-encoder on functionals, stacked where <c>hidden</c> names several layers: each first learns, without labels,
/// a code of corrupted values from which the whole ones can be made, so that it must know how values go together; then all
/// layers and a linear one on top learn the classes, of values that are not corrupted.
/// </summary>
public sealed class DenoisingAutoEncoder : DeepSystem<DenoisingAutoEncoderSettings>
{
    /// <inheritdoc/>
    public override string Name => "denoising-auto-encoder";

    /// <inheritdoc/>
    public override string Summary => "Denoising auto-encoder on log-covariances and four small sets, pre-trained layer by layer, then fine-tuned";

    /// <inheritdoc/>
    public override string Citation =>
        "Vincent, Larochelle, Lajoie, Bengio & Manzagol 2010, Stacked denoising autoencoders, Journal of Machine Learning Research 11, 3371–3408, https://www.jmlr.org/papers/v11/vincent10a.html";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DenoisingAutoEncoderSettings settings, int dimensions, int classes) =>
        new LayeredNetwork(settings, settings.Hidden, settings.CreateActivation, dimensions, classes);

    /// <inheritdoc/>
    protected override void Pretrain(DenoisingAutoEncoderSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
        var layers = ((LayeredNetwork)network).Layers;
        AutoEncoder.FitGreedily(
            layers, settings.CreateActivation(), PretrainingLoop.Rows(features, layers[0].Weight.Device), settings.Pretraining, loop, settings.Corruption);
    }
}

/// <summary>The settings of <see cref="DenoisingAutoEncoder"/>.</summary>
public sealed record DenoisingAutoEncoderSettings : AutoEncoderSettings
{
    /// <summary>
    /// Creates the defaults: many values that go together, as covariances do, are what it can learn most from. One layer, since
    /// there are ten times as many values as a corpus has utterances.
    /// </summary>
    public DenoisingAutoEncoderSettings()
    {
        Features = "log-covariance+egemaps+prosody+timbre+modulation-spectrum";
        Hidden = [128];
        Training = new TrainingSettings { Epochs = 30, BatchSize = 64, LearningRate = 1e-3 };
        Pretraining = new AutoEncoderOptions { Epochs = 20, BatchSize = 64 };
    }

    /// <summary>What is done to what a layer sees while it is pre-trained.</summary>
    public Corruption Corruption { get; init; } = new();
}
