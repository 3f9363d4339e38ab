using System.Globalization;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// Fully connected layers, one activation and dropout behind each, on one vector an utterance: what systems share whose layers
/// are pre-trained one by one.
/// </summary>
internal sealed class LayeredNetwork : EmbeddingClassifier
{
    private readonly SequencePooling _pooling;
    private readonly Sequential _hidden;
    private readonly Linear _output;

    /// <summary>Builds the network.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="activation">What follows each of them.</param>
    /// <param name="dimensions">Values of the vector.</param>
    /// <param name="classes">The number of classes.</param>
    public LayeredNetwork(LayeredSettings settings, IReadOnlyList<int> hidden, Func<Layer> activation, int dimensions, int classes)
    {
        _pooling = Register("pooling", new SequencePooling(PoolingKind.Mean, dimensions));
        var parts = new List<(string, Layer)> { ("input_dropout", new Dropout(settings.InputDropout)) };
        for (var i = 0; i < hidden.Count; i++)
        {
            Layers.Add(new Linear(i == 0 ? dimensions : hidden[i - 1], hidden[i]));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"linear_{i + 1}"), Layers[i]));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"activation_{i + 1}"), activation()));
            parts.Add((string.Create(CultureInfo.InvariantCulture, $"dropout_{i + 1}"), new Dropout(settings.Dropout)));
        }

        _hidden = Register("hidden", new Sequential([.. parts]));
        EmbeddingWidth = hidden[^1];
        _output = Register("output", new Linear(EmbeddingWidth, classes));
    }

    /// <summary>The hidden layers, the lowest first.</summary>
    public List<Linear> Layers { get; } = [];

    /// <inheritdoc/>
    public override int MinimumFrames => 1;

    /// <inheritdoc/>
    public override int EmbeddingWidth { get; }

    /// <inheritdoc/>
    public override Tensor Embed(Tensor features, int[] lengths) => _hidden.Forward(_pooling.Forward(features, lengths));

    /// <inheritdoc/>
    public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
}

/// <summary>The settings that systems share whose layers see one vector an utterance and are pre-trained on such vectors without labels.</summary>
public abstract record LayeredSettings : FullyConnectedSettings
{
    /// <summary>Creates the shared defaults.</summary>
    protected LayeredSettings() => Training = new TrainingSettings { Epochs = 60, BatchSize = 32, LearningRate = 1e-3, Patience = 20 };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = base.Problems().ToList();
        if (problems.Count == 0 && !FeatureSet.CreateExtractor().IsFunctionals)
        {
            problems.Add($"features must be one vector an utterance, but '{Features}' are frames; '{Features}-functionals' are statistics of them");
        }

        return problems;
    }
}
