using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A deep belief network on functionals: restricted Boltzmann machines stacked greedily, the lowest with Gaussian visible units,
/// each of the others on the hidden probabilities of the one below, trained without labels by contrastive divergence; then the
/// network of their weights, with a linear layer on top, is fine-tuned to the classes.
/// </summary>
public sealed class Dbn : DeepSystem<DbnSettings>
{
    /// <inheritdoc/>
    public override string Name => "dbn";

    /// <inheritdoc/>
    public override string Summary => "Deep belief network on functionals, pre-trained by contrastive divergence, then fine-tuned";

    /// <inheritdoc/>
    public override string Citation =>
        "Hinton, Osindero & Teh 2006, doi:10.1162/neco.2006.18.7.1527; Hinton 2012, A practical guide to training restricted Boltzmann machines, doi:10.1007/978-3-642-35289-8_32";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DbnSettings settings, int dimensions, int classes) =>
        new LayeredNetwork(settings, settings.Hidden, () => new Sigmoid(), dimensions, classes);

    /// <inheritdoc/>
    protected override void Pretrain(DbnSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
        var layers = ((LayeredNetwork)network).Layers;
        ContrastiveDivergence.FitGreedily(layers, PretrainingLoop.Rows(features, layers[0].Weight.Device), settings.Gaussian, settings.Bernoulli, loop);
    }
}

/// <summary>The settings of <see cref="Dbn"/>.</summary>
public sealed record DbnSettings : LayeredSettings
{
    /// <summary>Creates the defaults.</summary>
    public DbnSettings() => Hidden = [512, 256];

    /// <summary>How the lowest machine is trained, whose visible units are Gaussian.</summary>
    public ContrastiveDivergenceOptions Gaussian { get; init; } = new();

    /// <summary>How the machines above it are trained, whose visible units are probabilities.</summary>
    public ContrastiveDivergenceOptions Bernoulli { get; init; } = new() { LearningRate = 0.05 };
}
