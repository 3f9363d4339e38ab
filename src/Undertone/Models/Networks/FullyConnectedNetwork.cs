using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Hidden layers of rectified units with batch normalisation (Ioffe &amp; Szegedy 2015, arXiv:1502.03167) and dropout behind
/// each, on one vector an utterance, and a linear layer. Of an utterance of several frames it hears their mean.
/// </summary>
internal sealed class FullyConnectedNetwork : EmbeddingClassifier
{
    private readonly SequencePooling _pooling;
    private readonly Sequential _hidden;
    private readonly Linear _output;

    /// <summary>Builds the layers.</summary>
    /// <param name="dimensions">Values of an utterance's vector.</param>
    /// <param name="units">Units of each hidden layer.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="dropout">Dropout behind each hidden layer.</param>
    /// <param name="inputDropout">Dropout of the vector itself.</param>
    public FullyConnectedNetwork(int dimensions, IReadOnlyList<int> units, int classes, double dropout, double inputDropout)
    {
        _pooling = Register("pooling", new SequencePooling(PoolingKind.Mean, dimensions));
        var layers = new List<(string, Layer)> { ("input_dropout", new Dropout(inputDropout)) };
        var width = dimensions;
        for (var i = 0; i < units.Count; i++)
        {
            layers.Add(($"linear_{i + 1}", new Linear(width, units[i])));
            layers.Add(($"normalisation_{i + 1}", new BatchNorm1d(units[i])));
            layers.Add(($"relu_{i + 1}", new ReLU()));
            layers.Add(($"dropout_{i + 1}", new Dropout(dropout)));
            width = units[i];
        }

        _hidden = Register("hidden", new Sequential([.. layers]));
        EmbeddingWidth = width;
        _output = Register("output", new Linear(width, classes));
    }

    public override int MinimumFrames => 1;

    public override int EmbeddingWidth { get; }

    public override Tensor Embed(Tensor features, int[] lengths) => _hidden.Forward(_pooling.Forward(features, lengths));

    public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
}
