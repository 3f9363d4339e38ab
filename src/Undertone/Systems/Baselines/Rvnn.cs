using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A recursive network: the mean and deviation of each short segment of frames are a leaf, and one layer joins neighbours, of
/// whatever height, until one vector stands for the utterance. While the classes are learned, each node also learns to give its
/// children back (<see cref="RecursiveAutoEncoder"/>).
/// </summary>
public sealed class Rvnn : DeepSystem<RvnnSettings>
{
    /// <inheritdoc/>
    public override string Name => "rvnn";

    /// <inheritdoc/>
    public override string Summary => "Recursive network over a tree of segments, with reconstruction of the children";

    /// <inheritdoc/>
    public override string Citation =>
        "Socher, Pennington, Huang, Ng & Manning 2011, Semi-supervised recursive autoencoders for predicting sentiment distributions, https://aclanthology.org/D11-1014";

    /// <inheritdoc/>
    public override SequenceClassifier Build(RvnnSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier, ILossOfItsOwn
    {
        private readonly RvnnSettings _settings;
        private readonly Linear _leaf;
        private readonly RecursiveAutoEncoder _composition;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(RvnnSettings settings, int dimensions, int classes)
        {
            _settings = settings;
            _leaf = Register("leaf", new Linear(2 * dimensions, settings.Width));
            _composition = Register("composition", new RecursiveAutoEncoder(settings.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            EmbeddingWidth = settings.Readout == TreeReadout.Root ? settings.Width : 2 * settings.Width;
            _output = Register("output", new Linear(EmbeddingWidth, classes));
        }

        public override int MinimumFrames => 2 * _settings.Segment;

        public override int EmbeddingWidth { get; }

        public Tensor? OwnLoss { get; private set; }

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var counts = Array.ConvertAll(lengths, l => l / _settings.Segment);
            var leaves = _composition.Normalise(_leaf.Forward(_dropout.Forward(Segments(features, counts))).Tanh());
            var trees = _settings.Tree == TreeShape.Balanced ? CompositionTrees.Balanced(counts) : _composition.Grow(leaves, counts);
            var nodes = _composition.Forward(leaves, trees);
            OwnLoss = Training && _settings.Reconstruction > 0 ? _composition.Reconstruction(nodes, trees) * _settings.Reconstruction : null;
            return Read(nodes, trees);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));

        /// <summary>Mean and deviation of each whole segment, [segments of all utterances, 2 × dimensions]. No segment holds padding.</summary>
        private Tensor Segments(Tensor features, int[] counts)
        {
            var (frames, dimensions) = (features.Size(1) / _settings.Segment * _settings.Segment, features.Size(2));
            var all = features.Narrow(1, 0, frames).Reshape(-1, _settings.Segment, dimensions);
            var row = frames / _settings.Segment;
            long[] valid = [.. counts.SelectMany((c, n) => Enumerable.Range(0, c).Select(i => (n * row) + i))];
            var segments = all.IndexSelect(0, Tensor.From(valid).To(features.Device));
            return Tensor.Cat([segments.Mean(1), segments.Std([1], unbiased: false)], 1);
        }

        private Tensor Read(Tensor nodes, CompositionTrees trees)
        {
            var roots = nodes.IndexSelect(0, Tensor.From(trees.Roots).To(nodes.Device));
            if (_settings.Readout == TreeReadout.Root)
            {
                return roots;
            }

            var counts = trees.Utterances.CountBy(n => n).OrderBy(n => n.Key).Select(n => 1f / n.Value).ToArray();
            var owners = Tensor.From(trees.Utterances, trees.Utterances.Length, 1).To(nodes.Device).Expand(-1, nodes.Size(1));
            var sums = roots.ZerosLike().ScatterAdd(0, owners, nodes);
            return Tensor.Cat([roots, sums * Tensor.From(counts, counts.Length, 1).To(nodes.Device)], 1);
        }
    }
}

/// <summary>How the tree over an utterance's segments grows.</summary>
public enum TreeShape
{
    /// <summary>Neighbours are joined in pairs, then pairs in pairs: the same for all utterances of a length.</summary>
    Balanced,

    /// <summary>The neighbours whose node gives them back best are joined first, as Socher et al. have it.</summary>
    Greedy,
}

/// <summary>What of the tree the classes are told by.</summary>
public enum TreeReadout
{
    /// <summary>The root.</summary>
    Root,

    /// <summary>The root, and the mean over all nodes: Socher et al. tell the label by every node.</summary>
    RootAndMean,
}

/// <summary>The settings of <see cref="Rvnn"/>.</summary>
public sealed record RvnnSettings : FrameSettings
{
    /// <summary>Creates the defaults.</summary>
    public RvnnSettings()
    {
        Training = new TrainingSettings { LearningRate = 2e-3, BatchSize = 32 };
        Members = 2;
    }

    /// <summary>The cepstral coefficients with their deltas.</summary>
    public MfccOptions Features { get; init; } = new()
    {
        Mel = SpectrogramDefaults.LogMel,
        Coefficients = 30,
        Deltas = 1,
    };

    /// <summary>Frames of a segment; what remains at the end is left out.</summary>
    public int Segment { get; init; } = 16;

    /// <summary>Values of a node.</summary>
    public int Width { get; init; } = 128;

    /// <summary>How the tree grows.</summary>
    public TreeShape Tree { get; init; } = TreeShape.Balanced;

    /// <summary>What of the tree the classes are told by.</summary>
    public TreeReadout Readout { get; init; } = TreeReadout.RootAndMean;

    /// <summary>The weight of the reconstruction of children beside the loss of the classes; 0 leaves it out.</summary>
    public double Reconstruction { get; init; } = 0.2;

    /// <summary>Dropout before the leaves and before the output.</summary>
    public double Dropout { get; init; } = 0.4;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override FeatureOptions OwnFeatures => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int OwnBands => Features.Coefficients;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(("segment", Segment), ("width", Width)),
        .. Probability(Dropout),
        .. Reconstruction is >= 0 ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"reconstruction must be at least 0, but is {Reconstruction}")],
    ];
}
