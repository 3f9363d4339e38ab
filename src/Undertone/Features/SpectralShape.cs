using System.Buffers;
using System.Numerics.Tensors;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// What the shape of a short-time spectrum sounds like: centroid, spread, roll-off, flux and zero crossings (Tzanetakis &amp;
/// Cook 2002, doi:10.1109/TSA.2002.800560; Peeters 2004, "A large set of audio features for sound description", IRCAM),
/// <see cref="SpectralFlatness"/>, <see cref="SpectralIrregularity"/> and <see cref="SpectralContrast"/>.
/// </summary>
public sealed class SpectralShape : FeatureExtractor
{
    /// <summary>Where most of the values are described.</summary>
    internal const string Source = "Tzanetakis & Cook 2002, doi:10.1109/TSA.2002.800560";

    private const int Plain = 7;

    // Spectra of so many frames are kept at once, however long the audio.
    private const int PieceFrames = 512;

    // A power that a frame has from one step of 16-bit audio: less has no shape.
    private const double Silence = 1e-9;

    // Flatness and contrast take weaker frequencies for this strong, some 90 dB below a loud voice.
    private const double Floor = 1e-7;

    private readonly SpectralShapeOptions _options;
    private readonly MelSpectrogram _spectrogram;
    private readonly double[] _edges;
    private readonly int[] _firstBins;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public SpectralShape(SpectralShapeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SettingCheck.Require(options.RollOff is > 0 and < 1, Name, "roll-off", options.RollOff, "above 0 and below 1");
        _options = options;
        _spectrogram = options.Frames.Spectrogram(Name, () => FilterBank.Spectrum(options.Frames.Bins), LogCompression.None);
        _edges = SpectralContrast.Edges(options.Frames.SampleRate);
        _firstBins = [.. _edges[..^1].Select(e => Enumerable.Range(0, options.Frames.Bins).First(b => options.Frames.Frequency(b) >= e)), options.Frames.Bins];
        Fingerprint = FormattableString.Invariant($"{Name}/1 roll-off={options.RollOff:R} {options.Frames.Canonical()}");
    }

    /// <inheritdoc/>
    public override string Name => SpectralShapeOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => Plain + _edges.Length - 1;

    /// <inheritdoc/>
    public override double HopSeconds => _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
    [
        new("spectral_centroid", "Hz", Source),
        new("spectral_spread", "Hz", "Peeters 2004, A large set of audio features for sound description, IRCAM"),
        new("spectral_rolloff", "Hz", Source),
        new("spectral_flux", "1", Source),
        new("spectral_flatness", "dB", SpectralFlatness.Source),
        new("spectral_irregularity", "1", SpectralIrregularity.Source),
        new("zero_crossings", "1 / s", Source),
        .. FeatureDescription.Counted("spectral_contrast", _edges.Length - 1, "dB", SpectralContrast.Source),
    ];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var bins = _options.Frames.Bins;
        var values = new float[checked(frames * Dimensions)];
        var spectra = ArrayPool<float>.Shared.Rent(PieceFrames * bins);
        var (before, now) = (new float[bins], new float[bins]);
        for (var frame = 0; frame < frames; frame++)
        {
            if (frame % PieceFrames == 0)
            {
                _spectrogram.Compute(waveform.Samples, spectra, Math.Min(PieceFrames, frames - frame), bins, frame);
            }

            var power = spectra.AsSpan(frame % PieceFrames * bins, bins);
            var row = values.AsSpan(frame * Dimensions, Dimensions);
            double total = 0;
            foreach (var value in power)
            {
                total += value;
            }

            now.AsSpan().Clear();
            if (total > Silence)
            {
                (row[0], row[1], row[2]) = Balance(power, total);
                for (var bin = 0; bin < bins; bin++)
                {
                    now[bin] = (float)Math.Sqrt(power[bin] / total);
                }

                // Of unit length each: 0 for equal spectra, 2 for spectra without a common frequency.
                row[3] = frame == 0 ? 0 : MathF.Pow(TensorPrimitives.Distance<float>(now, before), 2);
                row[5] = (float)SpectralIrregularity.Of(now);
            }

            row[4] = (float)(10 * Math.Log10(SpectralFlatness.Of(power, Floor)));
            row[6] = (float)ZeroCrossings(waveform.Samples, frame);
            for (var band = 0; band + 1 < _edges.Length; band++)
            {
                row[Plain + band] = (float)SpectralContrast.Of(power[_firstBins[band].._firstBins[band + 1]], Floor);
            }

            (before, now) = (now, before);
        }

        ArrayPool<float>.Shared.Return(spectra);
        return new FeatureMatrix(values, frames, Dimensions);
    }

    private (float Centroid, float Spread, float RollOff) Balance(ReadOnlySpan<float> power, double total)
    {
        var step = _options.Frames.Frequency(1);
        double first = 0, second = 0, below = 0;
        var rollOff = -1;
        for (var bin = 0; bin < power.Length; bin++)
        {
            first += step * bin * power[bin];
            below += power[bin];
            rollOff = rollOff < 0 && below >= _options.RollOff * total ? bin : rollOff;
        }

        var centroid = first / total;
        for (var bin = 0; bin < power.Length; bin++)
        {
            second += ((step * bin) - centroid) * ((step * bin) - centroid) * power[bin];
        }

        return ((float)centroid, (float)Math.Sqrt(second / total), (float)(step * Math.Max(0, rollOff)));
    }

    /// <summary>Changes of sign within the frame's window, a second; zero counts as positive.</summary>
    private double ZeroCrossings(float[] samples, int frame)
    {
        var length = _options.Frames.WindowLength;
        var start = Math.Max(0, (frame * _options.Frames.HopLength) - (length / 2));
        var end = Math.Min(samples.Length, (frame * _options.Frames.HopLength) - (length / 2) + length);
        var crossings = 0;
        for (var i = start + 1; i < end; i++)
        {
            crossings += samples[i] < 0 != samples[i - 1] < 0 ? 1 : 0;
        }

        return end - start < 2 ? 0 : crossings * (double)_options.Frames.SampleRate / (end - start - 1);
    }
}
