using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A stacked auto-encoder on functionals: each hidden layer first learns, without labels, a code from which what it sees can be
/// made again, the lowest of the functionals, the next of the first one's codes; then all layers and a linear one on top learn
/// the classes.
/// </summary>
public sealed class StackedAutoEncoder : DeepSystem<StackedAutoEncoderSettings>
{
    /// <inheritdoc/>
    public override string Name => "stacked-auto-encoder";

    /// <inheritdoc/>
    public override string Summary => "Stacked auto-encoder on functionals, pre-trained layer by layer, then fine-tuned";

    /// <inheritdoc/>
    public override string Citation =>
        "Bengio, Lamblin, Popovici & Larochelle 2007, Greedy layer-wise training of deep networks, Advances in Neural Information Processing Systems 19, 153–160";

    /// <inheritdoc/>
    public override SequenceClassifier Build(StackedAutoEncoderSettings settings, int dimensions, int classes) =>
        new LayeredNetwork(settings, settings.Hidden, settings.CreateActivation, dimensions, classes);

    /// <inheritdoc/>
    protected override void Pretrain(StackedAutoEncoderSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
        var layers = ((LayeredNetwork)network).Layers;
        AutoEncoder.FitGreedily(layers, settings.CreateActivation(), PretrainingLoop.Rows(features, layers[0].Weight.Device), settings.Pretraining, loop);
    }
}

/// <summary>The settings of <see cref="StackedAutoEncoder"/>.</summary>
public sealed record StackedAutoEncoderSettings : AutoEncoderSettings;
