using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Systems.Baselines;

/// <summary>
/// Raw audio, end to end: convolutions that learn a filter bank, a bidirectional LSTM over their steps, the states summed up as
/// one vector, a linear layer.
/// </summary>
public sealed class RawCnnLstm : DeepSystem<RawCnnLstmSettings>
{
    /// <inheritdoc/>
    public override string Name => "raw-cnn-lstm";

    /// <inheritdoc/>
    public override string Summary => "1-D CNN and bidirectional LSTM on raw audio, end to end";

    /// <inheritdoc/>
    public override string Citation =>
        "Trigeorgis et al. 2016, Adieu features?, doi:10.1109/ICASSP.2016.7472669; LSTM: Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735";

    /// <inheritdoc/>
    public override SequenceClassifier Build(RawCnnLstmSettings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly WaveformFrontEnd _convolutions;
        private readonly Lstm _recurrence;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(RawCnnLstmSettings settings, int classes)
        {
            // Kept results were computed in libtorch's own order: the other's last bits differ.
            _convolutions = Register("convolutions", new WaveformFrontEnd(settings.Channels, settings.Kernel, settings.Stride));
            _recurrence = Register("recurrence", new Lstm(_convolutions.Width, settings.Units, settings.Layers, bidirectional: true, dropout: settings.Dropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, 2 * settings.Units));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.SamplesPerStep;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var steps = _convolutions.Forward(features, ref lengths);
            return _pooling.Forward(Fused.Recurrent(steps, _recurrence, lengths), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="RawCnnLstm"/>.</summary>
public sealed record RawCnnLstmSettings : WaveformSettings
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels { get; init; } = [32, 64, 96];

    /// <summary>LSTM units a direction.</summary>
    public int Units { get; init; } = 64;

    /// <summary>LSTM layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Statistics;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. AtLeastOne(("units", Units), ("layers", Layers))];
}
