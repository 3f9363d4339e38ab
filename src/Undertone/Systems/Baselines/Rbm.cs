using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A restricted Boltzmann machine on functionals: Gaussian visible units, hidden units that are 0 or 1, trained without labels by
/// contrastive divergence; then a linear layer on the hidden units' probabilities learns the classes, and with it the machine's
/// weights are fine-tuned.
/// </summary>
public sealed class Rbm : DeepSystem<RbmSettings>
{
    /// <inheritdoc/>
    public override string Name => "rbm";

    /// <inheritdoc/>
    public override string Summary => "Restricted Boltzmann machine on functionals, pre-trained by contrastive divergence, then fine-tuned";

    /// <inheritdoc/>
    public override string Citation =>
        "Hinton 2002, doi:10.1162/089976602760128018; Hinton 2012, A practical guide to training restricted Boltzmann machines, doi:10.1007/978-3-642-35289-8_32";

    /// <inheritdoc/>
    public override SequenceClassifier Build(RbmSettings settings, int dimensions, int classes) =>
        new LayeredNetwork(settings, settings.Hidden, () => new Sigmoid(), dimensions, classes);

    /// <inheritdoc/>
    protected override void Pretrain(RbmSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
        var layers = ((LayeredNetwork)network).Layers;
        ContrastiveDivergence.FitGreedily(layers, PretrainingLoop.Rows(features, layers[0].Weight.Device), settings.Pretraining, settings.Pretraining, loop);
    }
}

/// <summary>The settings of <see cref="Rbm"/>.</summary>
public sealed record RbmSettings : LayeredSettings
{
    /// <summary>Creates the defaults.</summary>
    public RbmSettings() => Hidden = [512];

    /// <summary>How the machine is trained before there are labels.</summary>
    public ContrastiveDivergenceOptions Pretraining { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. Hidden.Count > 1 ? ["hidden must be one layer; dbn has several"] : Array.Empty<string>()];
}
