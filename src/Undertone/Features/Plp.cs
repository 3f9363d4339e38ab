using System.Buffers;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>Cepstra of perceptual linear prediction with deltas (Hermansky 1990, doi:10.1121/1.399423).</summary>
public sealed class Plp : FeatureExtractor
{
    private readonly PlpOptions _options;
    private readonly MelSpectrogram _spectrogram;
    private readonly double[] _loudness;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Plp(PlpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var rate = options.Frames.SampleRate;
        _spectrogram = options.Frames.Spectrogram(Name, () => Bank(options.Frames), LogCompression.None);
        var bands = _spectrogram.Bands;
        SettingCheck.Require(options.Order >= 1 && options.Order < bands, Name, "order", options.Order, $"1 to below the number of critical bands ({bands})");
        SettingCheck.Require(options.Coefficients is >= 1 and <= 256, Name, "coefficients", options.Coefficients, "1 to 256");
        CepstralFrames.Check(Name, options.Coefficients, options.Coefficients, 1, options.Deltas, options.DeltaWidth);
        _loudness = [.. Enumerable.Range(0, bands).Select(b => PerceptualLinearPrediction.EqualLoudness(b, rate))];
        Fingerprint = $"{Name}/1 order={options.Order} coefficients={options.Coefficients} deltas={options.Deltas},{options.DeltaWidth} {options.Frames.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => PlpOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Coefficients * (1 + _options.Deltas);

    /// <inheritdoc/>
    public override double HopSeconds => _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
        FeatureDescription.WithDeltas(FeatureDescription.Counted(Name, _options.Coefficients, "ln loudness", PerceptualLinearPrediction.Source), _options.Deltas);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var bands = _spectrogram.Bands;
        var values = new float[checked(frames * Dimensions)];
        var energies = ArrayPool<float>.Shared.Rent(checked(frames * bands));
        _spectrogram.Compute(waveform.Samples, energies, frames, bands);
        Span<double> heard = stackalloc double[bands];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var band = 0; band < bands; band++)
            {
                heard[band] = energies[(frame * bands) + band] * _loudness[band];
            }

            PerceptualLinearPrediction.Cepstrum(heard, _options.Order, values.AsSpan(frame * Dimensions, _options.Coefficients));
        }

        ArrayPool<float>.Shared.Return(energies);
        Deltas.Fill(values, frames, _options.Coefficients, _options.Deltas, DeltaMethod.Regression, _options.DeltaWidth);
        return new FeatureMatrix(values, frames, Dimensions);
    }

    private static FilterBank Bank(FramingOptions frames) => new(
        PerceptualLinearPrediction.Bands(frames.SampleRate),
        frames.Bins,
        (band, bin) => PerceptualLinearPrediction.CriticalBand(frames.Frequency(bin), band, frames.SampleRate));
}
