using System.Buffers;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// The modulation spectrum over the utterance (Wu, Falk &amp; Chan 2011, doi:10.1016/j.specom.2010.08.013): envelopes behind
/// gammatone filters, each analysed in overlapping pieces into <see cref="ModulationFilters"/>; the mean over pieces, in dB
/// against the utterance's mean envelope, so that the level of the recording does not matter. One frame an utterance.
/// </summary>
public sealed class ModulationSpectrum : FeatureExtractor
{
    // A mean envelope below this is silence; what is 60 dB below the utterance's mean is no modulation.
    private const double Silence = 1e-6;
    private const double Floor = 1e-6;

    private readonly ModulationSpectrumOptions _options;
    private readonly MelSpectrogram _spectrogram;
    private readonly RealFft _fft;
    private readonly float[] _window;
    private readonly double[][] _filters;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public ModulationSpectrum(ModulationSpectrumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        SettingCheck.Require(options.Bands is >= 1 and <= 4096, Name, "bands", options.Bands, "1 to 4096");
        options.Frames.CheckRange(Name, options.LowestFrequency, options.HighestFrequency);
        _spectrogram = options.Frames.Spectrogram(Name, Bank, LogCompression.None);
        var rate = 1 / options.Frames.HopSeconds;
        SettingCheck.Require(options.PieceLength is >= 16 and <= 1 << 16, Name, "piece-length", options.PieceLength, "16 to 65536 frames");
        SettingCheck.Require(
            options.ModulationBands >= 1 && ModulationFilters.Centre(options.ModulationBands - 1) < rate / 2,
            Name,
            "modulation-bands",
            options.ModulationBands,
            FormattableString.Invariant($"at least 1, with centres (4, 8, 16… Hz) below half the rate of envelopes ({rate / 2:0.##} Hz)"));
        _fft = new RealFft(options.PieceLength);
        _window = [.. Enumerable.Range(0, options.PieceLength).Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / options.PieceLength))))];
        _filters = [.. Enumerable.Range(0, options.ModulationBands).Select(m => Enumerable.Range(0, _fft.Bins)
            .Select(bin => ModulationFilters.Power(bin * rate / options.PieceLength, ModulationFilters.Centre(m))).ToArray())];
        Fingerprint = FormattableString.Invariant(
            $"{Name}/1 bands={options.Bands},{options.LowestFrequency:R}-{options.HighestFrequency ?? options.Frames.SampleRate / 2.0:R} modulation={options.ModulationBands} piece={options.PieceLength} {options.Frames.Canonical()}");
    }

    /// <inheritdoc/>
    public override string Name => ModulationSpectrumOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Bands * _options.ModulationBands;

    /// <inheritdoc/>
    public override double HopSeconds => 0;

    /// <inheritdoc/>
    public override bool IsFunctionals => true;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() =>
    [
        .. Enumerable.Range(0, _options.Bands).SelectMany(band => Enumerable.Range(0, _options.ModulationBands).Select(m =>
            new FeatureDescription(FormattableString.Invariant($"modulation[{band}]_{ModulationFilters.Centre(m):0}Hz"), "dB", ModulationFilters.Source))),
    ];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var bands = _options.Bands;
        var envelopes = ArrayPool<float>.Shared.Rent(checked(frames * bands));
        _spectrogram.Compute(waveform.Samples, envelopes, frames, bands);
        double mean = 0;
        for (var i = 0; i < frames * bands; i++)
        {
            envelopes[i] = MathF.Sqrt(envelopes[i]);
            mean += envelopes[i];
        }

        mean /= frames * bands;
        var values = new float[Dimensions];
        for (var band = 0; band < bands; band++)
        {
            Analyse(envelopes, frames, band, mean, values.AsSpan(band * _options.ModulationBands, _options.ModulationBands));
        }

        ArrayPool<float>.Shared.Return(envelopes);
        return new FeatureMatrix(values, 1, Dimensions);
    }

    private void Analyse(float[] envelopes, int frames, int band, double mean, Span<float> values)
    {
        var (bands, length) = (_options.Bands, _options.PieceLength);
        var (piece, real, imaginary) = (new float[length], new float[_fft.Bins], new float[_fft.Bins]);
        Span<double> sums = stackalloc double[values.Length];
        sums.Clear();
        var pieces = 0;
        for (var start = 0; mean > Silence && (start == 0 || start + length <= frames); start += length / 2, pieces++)
        {
            // A short utterance is one piece, filled up with the mean that is then taken away.
            var count = Math.Min(length, frames - start);
            double local = 0;
            for (var n = 0; n < count; n++)
            {
                local += envelopes[((start + n) * bands) + band];
            }

            local /= count;
            for (var n = 0; n < length; n++)
            {
                piece[n] = n < count ? (float)((envelopes[((start + n) * bands) + band] - local) / mean) * _window[n] : 0;
            }

            _fft.Forward(piece, real, imaginary);
            for (var m = 0; m < values.Length; m++)
            {
                for (var bin = 0; bin < real.Length; bin++)
                {
                    sums[m] += _filters[m][bin] * ((real[bin] * real[bin]) + (imaginary[bin] * imaginary[bin]));
                }
            }
        }

        for (var m = 0; m < values.Length; m++)
        {
            // The square of the length makes a sine's power independent of the length of pieces.
            values[m] = (float)(10 * Math.Log10(Floor + (sums[m] / Math.Max(1, pieces) / length / length)));
        }
    }

    private FilterBank Bank()
    {
        var centres = GammatoneFilters.Centres(_options.Bands, _options.LowestFrequency, _options.HighestFrequency ?? _options.Frames.SampleRate / 2.0);
        return new FilterBank(centres.Length, _options.Frames.Bins, (band, bin) => GammatoneFilters.Power(_options.Frames.Frequency(bin), centres[band]));
    }
}
