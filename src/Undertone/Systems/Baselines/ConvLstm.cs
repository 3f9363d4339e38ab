using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A convolutional LSTM on log-mel spectrograms: convolutions over the whole utterance, whose map is cut into segments one
/// behind the other; an LSTM with maps for states reads the segments and keeps where in frequency something was; its states
/// summed up as one vector, a linear layer.
/// </summary>
public sealed class ConvLstm : DeepSystem<ConvLstmSettings>
{
    /// <inheritdoc/>
    public override string Name => "conv-lstm";

    /// <inheritdoc/>
    public override string Summary => "ConvLSTM over segments of log-mel spectrograms, mean pooling";

    /// <inheritdoc/>
    public override string Citation => "Shi et al. 2015, Convolutional LSTM network, arXiv:1506.04214";

    /// <inheritdoc/>
    public override SequenceClassifier Build(ConvLstmSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly int _bands;
        private readonly int _columns;
        private readonly List<ConvBlock> _blocks = [];
        private readonly ConvLstmCell _recurrence;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(ConvLstmSettings settings, int dimensions, int classes)
        {
            (_bands, _columns) = (settings.Bands, settings.SegmentColumns);
            var bands = _bands;
            for (var i = 0; i < settings.Channels.Count; i++)
            {
                // The stem and the second block halve the frames; every block halves the bands.
                _blocks.Add(Register(i == 0 ? "stem" : $"block{i}", i == 0
                    ? new ConvBlock(dimensions / _bands, settings.Channels[0], kernel: 5, stride: 2)
                    : new ConvBlock(settings.Channels[i - 1], settings.Channels[i], poolFrames: i == 1 ? 2 : 1, poolBands: 2)));
                bands = _blocks[i].BandsOut(bands);
            }

            var map = new Size2(_columns, bands);
            _recurrence = Register("recurrence", new ConvLstmCell(settings.Channels[^1], settings.Hidden, 3, settings.Peepholes ? map : null));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, settings.Hidden * bands));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 8;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.Spectrograms(features, _bands);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            var states = _recurrence.Forward(Segments(x, ref lengths), lengths);
            return _pooling.Forward(states.Mean(3).Flatten(2), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));

        /// <summary>[N, channels, columns, bands] to [N, segments, channels, columns of one, bands]; a last segment is filled up with zeros.</summary>
        private Tensor Segments(Tensor maps, ref int[] lengths)
        {
            var shape = maps.Shape;
            var segments = (shape[2] + _columns - 1) / _columns;
            lengths = Array.ConvertAll(lengths, l => (l + _columns - 1) / _columns);
            return maps.Pad([0, 0, 0, (segments * _columns) - shape[2]])
                .Reshape(shape[0], shape[1], segments, _columns, shape[3])
                .Permute(0, 2, 1, 3, 4);
        }
    }
}

/// <summary>The settings of <see cref="ConvLstm"/>.</summary>
public sealed record ConvLstmSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public ConvLstmSettings() => Channels = [16, 24, 32];

    /// <summary>Columns of the convolutions' map that are one segment; a column stands for four frames.</summary>
    public int SegmentColumns { get; init; } = 4;

    /// <summary>Channels of the LSTM's state.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>Whether the LSTM's gates see its cell, as in the paper.</summary>
    public bool Peepholes { get; init; } = true;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. AtLeastOne(("segment-columns", SegmentColumns), ("hidden", Hidden))];
}
