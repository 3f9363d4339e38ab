using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Linear-frequency cepstral coefficients: the orthonormal cosine transform (DCT-II) of logarithmic energies in triangles of
/// equal width, with deltas (Davis &amp; Mermelstein 1980, doi:10.1109/TASSP.1980.1163420).
/// </summary>
public sealed class Lfcc : FeatureExtractor
{
    private readonly LfccOptions _options;
    private readonly CepstralFrames _frames;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Lfcc(LfccOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        CepstralFrames.Check(Name, options.Bands, options.Coefficients, 1, options.Deltas, options.DeltaWidth);
        options.Frames.CheckRange(Name, options.LowestFrequency, options.HighestFrequency);
        _frames = new CepstralFrames(options.Frames.Spectrogram(Name, Bank, LogCompression.Natural), options.Coefficients, options.Deltas, options.DeltaWidth);
        Fingerprint = FormattableString.Invariant(
            $"{Name}/1 coefficients={options.Coefficients} bands={options.Bands},{options.LowestFrequency:R}-{options.HighestFrequency ?? options.Frames.SampleRate / 2.0:R} deltas={options.Deltas},{options.DeltaWidth} {options.Frames.Canonical()}");
    }

    /// <inheritdoc/>
    public override string Name => LfccOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _frames.Dimensions;

    /// <inheritdoc/>
    public override double HopSeconds => _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        FeatureDescription.WithDeltas(FeatureDescription.Counted(Name, _options.Coefficients, "ln power", LogMelOptions.Source), _options.Deltas);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform) => _frames.Extract(waveform);

    private FilterBank Bank()
    {
        var (low, high) = (_options.LowestFrequency, _options.HighestFrequency ?? _options.Frames.SampleRate / 2.0);
        double[] edges = [.. Enumerable.Range(0, _options.Bands + 2).Select(i => low + ((high - low) * i / (_options.Bands + 1)))];
        return MelFilterBank.Triangles(edges, _options.Frames.Bins, _options.Frames.SampleRate, MelNormalisation.None);
    }
}
