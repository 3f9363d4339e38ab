using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A deep Boltzmann machine on functionals: its layers start as restricted Boltzmann machines, one after another, and are then
/// trained together, without labels, against persistent chains. For the classes a linear layer on the top layer's mean field is
/// fine-tuned with the whole inference unrolled, so that what the upper layers think goes back to the lower ones here too. (The
/// paper shows the top layer to the lowest as an input more and goes up once.)
/// </summary>
public sealed class Dbm : DeepSystem<DbmSettings>
{
    /// <inheritdoc/>
    public override string Name => "dbm";

    /// <inheritdoc/>
    public override string Summary => "Deep Boltzmann machine on functionals, its layers pre-trained together, then fine-tuned";

    /// <inheritdoc/>
    public override string Citation =>
        "Salakhutdinov & Hinton 2009, Deep Boltzmann machines, https://proceedings.mlr.press/v5/salakhutdinov09a.html; Tieleman 2008, doi:10.1145/1390156.1390290";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DbmSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    /// <inheritdoc/>
    protected override void Pretrain(DbmSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
        var inference = ((Network)network).Inference;
        var rows = PretrainingLoop.Rows(features, inference.Layers[0].Weight.Device);
        using var machine = new DeepBoltzmannMachine(inference, VisibleUnits.Gaussian);
        machine.Start(rows, settings.Gaussian, settings.Bernoulli, loop);
        machine.Fit(rows, settings.Joint, loop);
    }

    private sealed class Network : EmbeddingClassifier
    {
        private readonly SequencePooling _pooling;
        private readonly Dropout _inputDropout;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(DbmSettings settings, int dimensions, int classes)
        {
            _pooling = Register("pooling", new SequencePooling(PoolingKind.Mean, dimensions));
            _inputDropout = Register("input_dropout", new Dropout(settings.InputDropout));
            Inference = Register("mean_field", new MeanField([.. settings.Hidden.Select((h, i) => new Linear(i == 0 ? dimensions : settings.Hidden[i - 1], h))], settings.MeanFieldSteps));
            EmbeddingWidth = settings.Hidden[^1];
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(EmbeddingWidth, classes));
        }

        public MeanField Inference { get; }

        public override int MinimumFrames => 1;

        public override int EmbeddingWidth { get; }

        public override Tensor Embed(Tensor features, int[] lengths) =>
            _dropout.Forward(Inference.Forward(_inputDropout.Forward(_pooling.Forward(features, lengths))));

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="Dbm"/>.</summary>
public sealed record DbmSettings : LayeredSettings
{
    /// <summary>Creates the defaults.</summary>
    public DbmSettings() => Hidden = [512, 256];

    /// <summary>Rounds of the mean field behind its first pass, in pre-training and ever after.</summary>
    public int MeanFieldSteps { get; init; } = 5;

    /// <summary>How the lowest layer starts, whose visible units are Gaussian.</summary>
    public ContrastiveDivergenceOptions Gaussian { get; init; } = new();

    /// <summary>How the layers above it start.</summary>
    public ContrastiveDivergenceOptions Bernoulli { get; init; } = new() { LearningRate = 0.05 };

    /// <summary>How all layers are then trained together.</summary>
    public PersistentChainsOptions Joint { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(("mean-field-steps", MeanFieldSteps)),
        .. Hidden.Count == 1 ? ["hidden must have at least two layers, of which one is above the other; rbm has one"] : Array.Empty<string>(),
    ];
}
