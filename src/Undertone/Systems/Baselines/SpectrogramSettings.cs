using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share whose first layers are a <see cref="ConvFrontEnd"/> over a log-mel spectrogram.</summary>
public abstract record SpectrogramSettings : BandSettings
{
    /// <summary>The spectrogram.</summary>
    public LogMelOptions Features { get; init; } = SpectrogramDefaults.LogMel;

    /// <summary>Channels of the stem and of each block.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 48, 64];

    /// <summary>Dropout before the output, and between recurrent layers.</summary>
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
