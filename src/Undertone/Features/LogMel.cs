using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// The log-mel spectrogram: short-time power spectra summed into mel bands and compressed (Davis &amp; Mermelstein
/// 1980, doi:10.1109/TASSP.1980.1163420).
/// </summary>
public sealed class LogMel : FeatureExtractor
{
    private readonly LogMelOptions _options;
    private readonly MelSpectrogram _spectrogram;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public LogMel(LogMelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _spectrogram = new MelSpectrogram(options, LogMelOptions.SetName);
        Fingerprint = $"{Name}/1 {options.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => LogMelOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Bands * (1 + _options.Deltas);

    /// <inheritdoc/>
    public override double HopSeconds => (double)_options.HopLength / _options.SampleRate;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        FeatureDescription.WithDeltas(FeatureDescription.Counted(Name, _options.Bands, _options.Unit, LogMelOptions.Source), _options.Deltas);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var values = GC.AllocateUninitializedArray<float>(checked(frames * Dimensions));
        _spectrogram.Compute(waveform.Samples, values, frames, Dimensions);
        Deltas.Fill(values, frames, _options.Bands, _options.Deltas, _options.DeltaMethod, _options.DeltaWidth);
        return new FeatureMatrix(values, frames, Dimensions);
    }
}
