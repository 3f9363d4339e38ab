using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// M4 of the review's blueprint: the convolutional front end of <see cref="Cnn"/>, a bidirectional LSTM over its
/// columns, their mean, a linear layer.
/// </summary>
public sealed class CnnLstm : DeepSystem<CnnLstmSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-lstm";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN on log-mel spectrograms, bidirectional LSTM over its columns (M4)";

    /// <inheritdoc/>
    public override string Citation =>
        "Model M4 (CNN-LSTM hybrid) of the framework for systematic development and evaluation of SER, Int. J. of Advance and Innovative Research 12(2), 2025, section 6.2; "
        + "LSTM: Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735";

    /// <inheritdoc/>
    public override SequenceClassifier Build(CnnLstmSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _convolutions;
        private readonly Lstm _recurrence;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(CnnLstmSettings settings, int dimensions, int classes)
        {
            _convolutions = Register("convolutions", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _recurrence = Register("recurrence", new Lstm(_convolutions.Width, settings.Units, settings.Layers, bidirectional: true, dropout: settings.Dropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, 2 * settings.Units));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.FramesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var columns = _convolutions.Forward(features, ref lengths);
            return _pooling.Forward(Fused.Recurrent(columns, _recurrence, lengths), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="CnnLstm"/>.</summary>
public sealed record CnnLstmSettings : BandSettings
{
    /// <summary>The spectrogram.</summary>
    public LogMelOptions Features { get; init; } = SpectrogramDefaults.LogMel;

    /// <summary>Channels of the stem and of each block.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 48, 64];

    /// <summary>LSTM units a direction.</summary>
    public int Units { get; init; } = 64;

    /// <summary>LSTM layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <summary>Dropout between LSTM layers and before the output.</summary>
    public double Dropout { get; init; } = 0.4;

    /// <summary>Creates the defaults.</summary>
    public CnnLstmSettings() => Training = new TrainingSettings { LearningRate = 2e-3 };

    /// <inheritdoc/>
    [JsonIgnore]
    protected override FeatureOptions OwnFeatures => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int OwnBands => Features.Bands;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int Halvings => Channels.Count;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)).Append(("units", Units)).Append(("layers", Layers))),
        .. Probability(Dropout),
    ];
}
