using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The convolutional front end of <see cref="Cnn"/>, a bidirectional GRU over its columns, their mean, a linear layer:
/// <see cref="CnnLstm"/> with the smaller recurrent unit.
/// </summary>
public sealed class CnnGru : DeepSystem<CnnGruSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-gru";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN on log-mel spectrograms, bidirectional GRU over its columns";

    /// <inheritdoc/>
    public override string Citation => "GRU: Cho et al. 2014, doi:10.3115/v1/D14-1179";

    /// <inheritdoc/>
    public override SequenceClassifier Build(CnnGruSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _convolutions;
        private readonly Gru _recurrence;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(CnnGruSettings settings, int dimensions, int classes)
        {
            _convolutions = Register("convolutions", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _recurrence = Register("recurrence", new Gru(_convolutions.Width, settings.Units, settings.Layers, bidirectional: true, dropout: settings.Dropout));
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

/// <summary>The settings of <see cref="CnnGru"/>.</summary>
public sealed record CnnGruSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public CnnGruSettings() => Training = new TrainingSettings { LearningRate = 2e-3 };

    /// <summary>GRU units a direction.</summary>
    public int Units { get; init; } = 64;

    /// <summary>GRU layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. AtLeastOne(("units", Units), ("layers", Layers))];
}
