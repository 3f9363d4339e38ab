using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>A 1-D convolutional network on raw audio: learned filters, further blocks, their steps summed up as one vector, a linear layer.</summary>
public sealed class Cnn1dRaw : DeepSystem<Cnn1dRawSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-1d-raw";

    /// <inheritdoc/>
    public override string Summary => "1-D CNN on raw audio, end to end, statistics pooling";

    /// <inheritdoc/>
    public override string Citation => "Dai et al. 2017, doi:10.1109/ICASSP.2017.7952190; blocks: Zhao, Mao & Chen 2019, doi:10.1016/j.bspc.2018.08.035";

    /// <inheritdoc/>
    public override SequenceClassifier Build(Cnn1dRawSettings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly WaveformFrontEnd _convolutions;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(Cnn1dRawSettings settings, int classes)
        {
            _convolutions = Register("convolutions", new WaveformFrontEnd(settings.Channels, settings.Kernel, settings.Stride));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, _convolutions.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.SamplesPerStep;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var steps = _convolutions.Forward(features, ref lengths);
            return _pooling.Forward(steps, lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Cnn1dRaw"/>.</summary>
public sealed record Cnn1dRawSettings : WaveformSettings
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels { get; init; } = [32, 64, 96, 128];

    /// <summary>How steps become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Statistics;
}
