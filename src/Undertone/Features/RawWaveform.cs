using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Raw audio: a frame is a sample. For networks whose first layers learn the filters that other sets are given (Trigeorgis
/// et al. 2016, Adieu features?, doi:10.1109/ICASSP.2016.7472669).
/// </summary>
public sealed class RawWaveform : FeatureExtractor
{
    private readonly RawWaveformOptions _options;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public RawWaveform(RawWaveformOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        Fingerprint = $"{Name}/1 {options.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => RawWaveformOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => 1;

    /// <inheritdoc/>
    public override double HopSeconds => 1.0 / _options.SampleRate;

    /// <inheritdoc/>
    public override int? FixedFrames => _options.Pad ? _options.Longest : null;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => [new("amplitude", "full scale", RawWaveformOptions.Source)];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        SpeechCheck.Require(waveform, Name);
        ReadOnlySpan<float> samples = Resampler.Resample(waveform, _options.SampleRate).Samples;
        samples = samples[..Math.Min(samples.Length, _options.Longest ?? samples.Length)];
        var values = new float[FixedFrames ?? samples.Length];
        samples.CopyTo(values);
        return new FeatureMatrix(values, values.Length, 1);
    }
}
