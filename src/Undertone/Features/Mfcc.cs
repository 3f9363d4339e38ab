using System.Buffers;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Mel-frequency cepstral coefficients: the orthonormal cosine transform (DCT-II) of the log-mel spectrogram, liftered
/// where asked for, with deltas (Davis &amp; Mermelstein 1980, doi:10.1109/TASSP.1980.1163420).
/// </summary>
public sealed class Mfcc : FeatureExtractor
{
    private readonly MfccOptions _options;
    private readonly MelSpectrogram _spectrogram;
    private readonly CosineTransform _transform;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Mfcc(MfccOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _spectrogram = new MelSpectrogram(options.Mel, MfccOptions.SetName);
        _transform = new CosineTransform(options.Mel.Bands, options.Coefficients, options.Lifter);
        Fingerprint = $"{Name}/1 {options.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => MfccOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Coefficients * (1 + _options.Deltas);

    /// <inheritdoc/>
    public override double HopSeconds => (double)_options.Mel.HopLength / _options.Mel.SampleRate;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        FeatureDescription.WithDeltas(FeatureDescription.Counted(Name, _options.Coefficients, _options.Mel.Unit, LogMelOptions.Source), _options.Deltas);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var bands = _spectrogram.Bands;
        var values = GC.AllocateUninitializedArray<float>(checked(frames * Dimensions));
        var spectra = ArrayPool<float>.Shared.Rent(checked(frames * bands));
        _spectrogram.Compute(waveform.Samples, spectra, frames, bands);
        _transform.Apply(spectra, frames, values, Dimensions);
        ArrayPool<float>.Shared.Return(spectra);
        Deltas.Fill(values, frames, _options.Coefficients, _options.Deltas, _options.DeltaMethod, _options.DeltaWidth);
        return new FeatureMatrix(values, frames, Dimensions);
    }
}
