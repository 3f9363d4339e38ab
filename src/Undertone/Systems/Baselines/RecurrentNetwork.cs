using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>Recurrent layers over frame sequences and their mean: what the BiLSTM and BiGRU baselines share.</summary>
internal sealed class RecurrentNetwork : EmbeddingClassifier
{
    private readonly int _stack;
    private readonly Recurrent _recurrence;
    private readonly SequencePooling _pooling;
    private readonly Dropout _dropout;
    private readonly Linear _output;

    /// <summary>Builds the network around its recurrent layers.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="recurrence">The layers, for frames of stacked features.</param>
    /// <param name="classes">The number of classes.</param>
    public RecurrentNetwork(RecurrentSettings settings, Recurrent recurrence, int classes)
    {
        _stack = settings.Stack;
        _recurrence = Register("recurrence", recurrence);
        _pooling = Register("pooling", new SequencePooling(settings.Pooling, recurrence.Directions * settings.Units));
        _dropout = Register("dropout", new Dropout(settings.Dropout));
        _output = Register("output", new Linear(_pooling.Width, classes));
    }

    /// <inheritdoc/>
    public override int MinimumFrames => 2 * _stack;

    /// <inheritdoc/>
    public override int EmbeddingWidth => _pooling.Width;

    /// <inheritdoc/>
    public override Tensor Embed(Tensor features, int[] lengths)
    {
        var frames = StackedFrames.Join(features, _stack, ref lengths);
        return _pooling.Forward(Fused.Recurrent(frames, _recurrence, lengths), lengths);
    }

    /// <inheritdoc/>
    public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
}

/// <summary>The settings that recurrent systems on frame sequences share.</summary>
public abstract record RecurrentSettings : FrameSettings
{
    /// <summary>Creates the defaults.</summary>
    protected RecurrentSettings()
    {
        Training = new TrainingSettings { LearningRate = 2e-3, BatchSize = 32 };
        // Two cost less than one CNN, and single recurrent networks vary much from seed to seed.
        Members = 2;
    }

    /// <summary>The cepstral coefficients with their deltas.</summary>
    public MfccOptions Features { get; init; } = new()
    {
        Mel = SpectrogramDefaults.LogMel,
        Coefficients = 30,
        Deltas = 1,
    };

    /// <summary>Neighbouring frames joined into one step.</summary>
    public int Stack { get; init; } = 4;

    /// <summary>Units a direction.</summary>
    public int Units { get; init; } = 96;

    /// <summary>Whether the layers read in both directions; false is forwards alone, and null, which trials before this setting have, is both.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bidirectional { get; init; }

    /// <summary>Recurrent layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <summary>Dropout between layers and before the output.</summary>
    public double Dropout { get; init; } = 0.4;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override FeatureOptions OwnFeatures => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int OwnBands => Features.Coefficients;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
        [.. base.Problems(), .. AtLeastOne(("stack", Stack), ("units", Units), ("layers", Layers)), .. Probability(Dropout)];
}
