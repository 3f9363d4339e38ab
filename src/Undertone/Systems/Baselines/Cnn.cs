using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// M1 of the review's blueprint: a 2-D convolutional network over the log-mel spectrogram of the whole utterance,
/// the mean over its columns, a linear layer.
/// </summary>
public sealed class Cnn : DeepSystem<CnnSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN on log-mel spectrograms, mean pooling (M1)";

    /// <inheritdoc/>
    public override string Citation =>
        "Model M1 (CNN) of the framework for systematic development and evaluation of SER, Int. J. of Advance and Innovative Research 12(2), 2025, section 6.2";

    /// <inheritdoc/>
    public override SequenceClassifier Build(CnnSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _convolutions;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(CnnSettings settings, int dimensions, int classes)
        {
            _convolutions = Register("convolutions", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, _convolutions.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.FramesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var columns = _convolutions.Forward(features, ref lengths);
            return _pooling.Forward(columns, lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Cnn"/>.</summary>
public sealed record CnnSettings : BandSettings
{
    /// <summary>The spectrogram.</summary>
    public LogMelOptions Features { get; init; } = SpectrogramDefaults.LogMel;

    /// <summary>Channels of the stem and of each block.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 48, 64, 96];

    /// <summary>How columns become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; } = 0.4;

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
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count))),
        .. Probability(Dropout),
    ];
}
