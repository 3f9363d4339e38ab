using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>The settings of the modulation spectrum (<see cref="ModulationFilters"/>).</summary>
public sealed record ModulationSpectrumOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "modulation-spectrum";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "How fast the loudness of each auditory band comes and goes, over the utterance.",
        ModulationFilters.Source,
        new ModulationSpectrumOptions());

    /// <summary>How audio is cut into frames. Default windows of 16 ms every 4 ms, so that envelopes have 250 values a second.</summary>
    public FramingOptions Frames { get; init; } = new() { FftLength = 512, WindowLength = 256, HopLength = 64 };

    /// <summary>The number of gammatone bands. Default 19.</summary>
    public int Bands { get; init; } = 19;

    /// <summary>The lower end of the gammatone bands, in Hz. Default 125.</summary>
    public double LowestFrequency { get; init; } = 125;

    /// <summary>The upper end of the gammatone bands, in Hz; null is half the sample rate. Default null.</summary>
    public double? HighestFrequency { get; init; }

    /// <summary>The number of modulation bands, centred at 4, 8, 16… Hz, all below half the rate of envelopes. Default 5.</summary>
    public int ModulationBands { get; init; } = 5;

    /// <summary>The length of an analysed piece of an envelope, in frames; half a piece lies between two. Default 128 (512 ms).</summary>
    public int PieceLength { get; init; } = 128;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new ModulationSpectrum(this);
}
