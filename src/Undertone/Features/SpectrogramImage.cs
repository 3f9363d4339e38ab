using System.Buffers;
using System.Numerics.Tensors;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// The log spectrogram as a picture: short-time power spectra (Allen &amp; Rabiner 1977, doi:10.1109/PROC.1977.10770) or mel
/// bands of them, in decibels below the utterance's loudest value, drawn as levels from 0 to 1 and resized
/// (<see cref="BilinearResizing"/>). The image does not depend on how loud the recording is; silence is black.
/// </summary>
public sealed class SpectrogramImage : FeatureExtractor
{
    // Powers below this are silence: some 100 dB below a full-scale tone.
    private const double Floor = 1e-6;
    private const double FloorDecibels = -60;

    private readonly SpectrogramImageOptions _options;
    private readonly MelSpectrogram _spectrogram;

    /// <summary>Makes the extractor.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public SpectrogramImage(SpectrogramImageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _spectrogram = options.Frames.Spectrogram(Name, Bank, LogCompression.Decibel, power: 2, Floor);
        Fingerprint = $"{Name}/1 {options.Canonical()}";
    }

    /// <inheritdoc/>
    public override string Name => SpectrogramImageOptions.SetName;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Dimensions => _options.Height * _options.Channels;

    /// <inheritdoc/>
    public override double HopSeconds => _options.Fit == ImageFit.Resize ? 0 : _options.Frames.HopSeconds;

    /// <inheritdoc/>
    public override int? FixedFrames => _options.Fit == ImageFit.Whole ? null : _options.Width;

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe() => _options.Colour == ImageColour.None
        ? FeatureDescription.Counted("level", _options.Height, "share of the range", SpectrogramImageOptions.Source)
        : [.. new[] { "red", "green", "blue" }.SelectMany(c => FeatureDescription.Counted(c, _options.Height, "1", SpectrogramImageOptions.Source))];

    /// <inheritdoc/>
    public override FeatureMatrix Extract(Waveform waveform)
    {
        var frames = _spectrogram.CheckedFrames(waveform);
        var bands = _spectrogram.Bands;
        var levels = ArrayPool<float>.Shared.Rent(checked(frames * bands));
        _spectrogram.Compute(waveform.Samples, levels, frames, bands);
        Draw(levels.AsSpan(0, frames * bands));

        var (first, count) = _options.Fit == ImageFit.Crop && frames > _options.Width
            ? ((frames - _options.Width) / 2, _options.Width)
            : (0, frames);
        var width = _options.Fit == ImageFit.Resize ? _options.Width : count;
        var image = BilinearResizing.Apply(levels.AsSpan(first * bands, count * bands), count, bands, width, _options.Height);
        ArrayPool<float>.Shared.Return(levels);
        if (_options.Fit == ImageFit.Crop && width < _options.Width)
        {
            Array.Resize(ref image, _options.Width * _options.Height);
            width = _options.Width;
        }

        return new FeatureMatrix(_options.Colour == ImageColour.None ? image : Paint(image, width), width, Dimensions);
    }

    /// <summary>A level's colour.</summary>
    private static (float Red, float Green, float Blue) Jet(float level)
    {
        static float Tent(float level, float peak) => Math.Clamp(1.5f - Math.Abs((4 * level) - peak), 0, 1);
        return (Tent(level, 3), Tent(level, 2), Tent(level, 1));
    }

    private FilterBank Bank()
    {
        var frames = _options.Frames;
        var highest = _options.HighestFrequency ?? frames.SampleRate / 2.0;
        if (_options.Axis == ImageAxis.Mel)
        {
            return new MelFilterBank(
                _options.MelBands, frames.Bins, frames.SampleRate, _options.LowestFrequency, highest, MelScale.Htk, MelNormalisation.None).Weights;
        }

        var shown = Enumerable.Range(0, frames.Bins).Where(b => frames.Frequency(b) >= _options.LowestFrequency && frames.Frequency(b) <= highest).ToList();
        SettingCheck.Require(
            shown.Count > 0, Name, "highest-frequency", highest, FormattableString.Invariant($"a range that holds a frequency of the transform, which has one every {frames.Frequency(1)} Hz"));
        return new FilterBank(shown.Count, frames.Bins, (band, bin) => bin == shown[band] ? 1 : 0);
    }

    /// <summary>Decibels to levels.</summary>
    private void Draw(Span<float> decibels)
    {
        var loudest = TensorPrimitives.Max<float>(decibels);
        if (loudest <= FloorDecibels + 1e-3)
        {
            decibels.Clear();
            return;
        }

        var range = (float)_options.Range;
        for (var i = 0; i < decibels.Length; i++)
        {
            decibels[i] = Math.Max(0, 1 + ((decibels[i] - loudest) / range));
        }
    }

    private float[] Paint(float[] image, int width)
    {
        var height = _options.Height;
        var painted = new float[3 * image.Length];
        for (var frame = 0; frame < width; frame++)
        {
            for (var band = 0; band < height; band++)
            {
                var level = Math.Clamp(image[(frame * height) + band], 0, 1);
                var (red, green, blue) = _options.Colour == ImageColour.Grey ? (level, level, level) : Jet(level);
                var at = (3 * frame * height) + band;
                (painted[at], painted[at + height], painted[at + (2 * height)]) = (red, green, blue);
            }
        }

        return painted;
    }
}
