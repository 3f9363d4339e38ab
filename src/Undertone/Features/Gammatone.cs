using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>Cepstra of logarithmic energies behind gammatone filters (<see cref="GammatoneFilters"/>), with deltas.</summary>
public sealed class Gammatone : FeatureExtractor
{
    private readonly GammatoneOptions _options;
    private readonly CepstralFrames _frames;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Gammatone(GammatoneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        CepstralFrames.Check(Name, options.Bands, options.Coefficients, 0, options.Deltas, options.DeltaWidth);
        options.Frames.CheckRange(Name, options.LowestFrequency, options.HighestFrequency);
        _frames = new CepstralFrames(options.Frames.Spectrogram(Name, Bank, LogCompression.Natural), options.Coefficients, options.Deltas, options.DeltaWidth);
        Fingerprint = FormattableString.Invariant(
            $"{Name}/1 coefficients={options.Coefficients} bands={options.Bands},{options.LowestFrequency:R}-{options.HighestFrequency ?? options.Frames.SampleRate / 2.0:R} deltas={options.Deltas},{options.DeltaWidth} {options.Frames.Canonical()}");
    }

    /// <inheritdoc/>
    public override string Name => GammatoneOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _frames.Dimensions;

    /// <inheritdoc/>
    public override double HopSeconds => _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        FeatureDescription.WithDeltas(
            _options.Coefficients > 0
                ? FeatureDescription.Counted("gfcc", _options.Coefficients, "ln power", GammatoneFilters.Source)
                : FeatureDescription.Counted(Name, _options.Bands, "ln power", GammatoneFilters.Source),
            _options.Deltas);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform) => _frames.Extract(waveform);

    private FilterBank Bank()
    {
        var centres = GammatoneFilters.Centres(_options.Bands, _options.LowestFrequency, _options.HighestFrequency ?? _options.Frames.SampleRate / 2.0);
        return new FilterBank(centres.Length, _options.Frames.Bins, (band, bin) => GammatoneFilters.Power(_options.Frames.Frequency(bin), centres[band]));
    }
}
