using System.Numerics.Tensors;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>The energy of the twelve pitch classes (<see cref="PitchClasses"/>), each frame's greatest being 1; zero in silence.</summary>
public sealed class Chroma : FeatureExtractor
{
    // Below this there is nothing but what rounding leaves.
    private const float Silence = 1e-9f;

    private readonly ChromaOptions _options;
    private readonly MelSpectrogram _spectrogram;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public Chroma(ChromaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _spectrogram = options.Frames.Spectrogram(Name, Bank, LogCompression.None);
        Fingerprint = $"{Name}/1 {options.Frames.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => ChromaOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => PitchClasses.Count;

    /// <inheritdoc/>
    public override double HopSeconds => _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => FeatureDescription.Counted(Name, Dimensions, "1", PitchClasses.Source);

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var values = new float[checked(frames * Dimensions)];
        _spectrogram.Compute(waveform.Samples, values, frames, Dimensions);
        for (var frame = 0; frame < frames; frame++)
        {
            var row = values.AsSpan(frame * Dimensions, Dimensions);
            var greatest = TensorPrimitives.Max<float>(row);
            if (greatest > Silence)
            {
                TensorPrimitives.Divide(row, greatest, row);
            }
            else
            {
                row.Clear();
            }
        }

        return new FeatureMatrix(values, frames, Dimensions);
    }

    private FilterBank Bank()
    {
        var weights = PitchClasses.Weights(_options.Frames.SampleRate, _options.Frames.FftLength);
        return new FilterBank(weights.Length, _options.Frames.Bins, (band, bin) => weights[band][bin]);
    }
}
