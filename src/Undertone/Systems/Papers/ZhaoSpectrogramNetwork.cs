using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Systems.Papers;

/// <summary>The 2-D CNN LSTM network of Zhao, Mao &amp; Chen 2019: four local feature learning blocks, an LSTM over what they leave of time, softmax.</summary>
internal sealed class ZhaoSpectrogramNetwork : EmbeddingClassifier
{
    private readonly ZhaoSpectrogramSettings _settings;
    private readonly List<LocalFeatureLearningBlock> _blocks = [];
    private readonly Lstm _lstm;
    private readonly Linear _output;

    public ZhaoSpectrogramNetwork(ZhaoSpectrogramSettings settings, int dimensions, int classes)
    {
        _settings = settings;
        var bands = settings.Features.Height;
        for (var i = 0; i < settings.Channels.Count; i++)
        {
            var inputs = i == 0 ? dimensions / bands : settings.Channels[i - 1];
            var block = new LocalFeatureLearningBlock(inputs, settings.Channels[i], kernel: 3, pool: (settings.TimePools[i], settings.BandPools[i]));
            _blocks.Add(Register($"lflb{i + 1}", block));
            bands = block.BandsOut(bands);
        }

        _lstm = Register("lstm", new Lstm(bands * settings.Channels[^1], settings.Units));
        _output = Register("output", new Linear(settings.Units, classes));
    }

    public override int MinimumFrames => _settings.Features.Width;

    public override int EmbeddingWidth => (int)_lstm.HiddenSize;

    public override Tensor Embed(Tensor features, int[] lengths)
    {
        var x = FrameMaps.Spectrograms(features, _settings.Features.Height);
        foreach (var block in _blocks)
        {
            x = block.Forward(x, ref lengths);
        }

        return LastState.Of(Fused.Recurrent(FrameMaps.Columns(x), _lstm, lengths), lengths);
    }

    public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
}

/// <summary>The settings that <see cref="Zhao20192d"/> and <see cref="Zhao20192dTime"/> share.</summary>
public abstract record ZhaoSpectrogramSettings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    protected ZhaoSpectrogramSettings()
    {
        Features = new SpectrogramImageOptions
        {
            Frames = new FramingOptions { FftLength = 2048, WindowLength = 2048, HopLength = 512 },
            Axis = ImageAxis.Mel,
            MelBands = 128,
            Height = 128,
            Width = 251,
            Fit = ImageFit.Crop,
        };
        Training = ZhaoTraining.Settings;
    }

    /// <summary>Filters of each block.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 64, 128, 128];

    /// <summary>Frames of each block's pooling window.</summary>
    public abstract IReadOnlyList<int> TimePools { get; init; }

    /// <summary>Bands of each block's pooling window.</summary>
    public IReadOnlyList<int> BandPools { get; init; } = [2, 4, 4, 4];

    /// <summary>LSTM units.</summary>
    public int Units { get; init; } = 256;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => false;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => Math.Max(Product(TimePools), Product(BandPools));

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        if (Channels.Count == 0 || TimePools.Count != Channels.Count || BandPools.Count != Channels.Count)
        {
            return [FormattableString.Invariant($"channels, time-pools and band-pools must have one number a block each, but have {Channels.Count}, {TimePools.Count} and {BandPools.Count}")];
        }

        return
        [
            .. base.Problems(),
            .. AtLeastOne([.. Channels.Select(c => ("channels", c)), .. TimePools.Select(p => ("time-pools", p)), .. BandPools.Select(p => ("band-pools", p)), ("units", Units)]),
        ];
    }

    private static int Product(IReadOnlyList<int> pools) => pools.Aggregate(1, (all, pool) => all * pool);
}
