using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Pretraining;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A stacked denoising auto-encoder on functionals: each hidden layer first learns, without labels, a code of corrupted values
/// from which the whole ones can be made, so that it must know how values go together; then all layers and a linear one on top
/// learn the classes, of values that are not corrupted.
/// </summary>
public sealed class DenoisingAutoEncoder : DeepSystem<DenoisingAutoEncoderSettings>
{
    /// <inheritdoc/>
    public override string Name => "denoising-auto-encoder";

    /// <inheritdoc/>
    public override string Summary => "Stacked denoising auto-encoder on functionals, pre-trained layer by layer, then fine-tuned";

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
    /// <summary>What is done to what a layer sees while it is pre-trained.</summary>
    public Corruption Corruption { get; init; } = new();
}
