namespace Undertone.Features;

/// <summary>The frequency axis of a <see cref="SpectrogramImage"/>.</summary>
public enum ImageAxis
{
    /// <summary>Hertz: the short-time Fourier transform itself.</summary>
    Linear,

    /// <summary>Mel bands (HTK's scale).</summary>
    Mel,
}

/// <summary>How an utterance becomes the frames of a <see cref="SpectrogramImage"/>.</summary>
public enum ImageFit
{
    /// <summary>The whole utterance, resized to the image's width: a long one is drawn narrower.</summary>
    Resize,

    /// <summary>The middle of a long utterance and all of a short one, which is filled up at its end: the time scale stays.</summary>
    Crop,

    /// <summary>All frames as they are; images are as wide as utterances are long.</summary>
    Whole,
}

/// <summary>The colours of a <see cref="SpectrogramImage"/>.</summary>
public enum ImageColour
{
    /// <summary>One channel: the level.</summary>
    None,

    /// <summary>Three equal channels.</summary>
    Grey,

    /// <summary>Three channels from dark blue over cyan and yellow to dark red, as MATLAB's <c>jet</c> draws levels.</summary>
    Jet,
}

/// <summary>
/// The settings of spectrogram images: what networks for pictures see. A frame of the set is a column of the image, its
/// lowest frequency first; of three channels all of red stands first, then green, then blue.
/// </summary>
public sealed record SpectrogramImageOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "spectrogram-image";

    /// <summary>Where images of speech are described.</summary>
    internal const string Source = "Allen & Rabiner 1977, doi:10.1109/PROC.1977.10770; resizing: Parker et al. 1983, doi:10.1109/TMI.1983.4307610";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName, "The log spectrogram as a picture of fixed size: what networks made for images see.", Source, new SpectrogramImageOptions());

    /// <summary>How audio is cut into frames. Default as <see cref="FramingOptions"/>: 25 ms every 10 ms, transform of 512.</summary>
    public FramingOptions Frames { get; init; } = new();

    /// <summary>The image's height: values along frequency. Default 64.</summary>
    public int Height { get; init; } = 64;

    /// <summary>The image's width: frames along time; without meaning where <see cref="Fit"/> is whole. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>How an utterance becomes <see cref="Width"/> frames. Default resize.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Resize;

    /// <summary>The frequency axis. Default linear.</summary>
    public ImageAxis Axis { get; init; } = ImageAxis.Linear;

    /// <summary>Mel bands before resizing to <see cref="Height"/>, where the axis is mel. Default 128.</summary>
    public int MelBands { get; init; } = 128;

    /// <summary>The lowest frequency shown, in Hz. Default 0.</summary>
    public double LowestFrequency { get; init; }

    /// <summary>The highest frequency shown, in Hz; null is half the sample rate. Default null.</summary>
    public double? HighestFrequency { get; init; }

    /// <summary>The range that is shown below the utterance's loudest value, in dB: the loudest is 1, this far below and beyond is 0. Default 80.</summary>
    public double Range { get; init; } = 80;

    /// <summary>The colours. Default none, one channel.</summary>
    public ImageColour Colour { get; init; } = ImageColour.None;

    /// <summary>1 or 3.</summary>
    internal int Channels => Colour == ImageColour.None ? 1 : 3;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new SpectrogramImage(this);

    /// <summary>Every setting that changes the values, as one line.</summary>
    internal string Canonical() => FormattableString.Invariant(
        $"{Height}x{Width},{Fit} axis={Axis},{MelBands},{LowestFrequency:R}-{HighestFrequency ?? Frames.SampleRate / 2.0:R} range={Range:R} colour={Colour} {Frames.Canonical()}");

    /// <summary>Refuses impossible settings; those of the frames are refused with the spectrum.</summary>
    internal void Check()
    {
        const int largest = 4096;
        SettingCheck.Require(Height is >= 1 and <= largest, SetName, "height", Height, "1 to 4096 values");
        SettingCheck.Require(Width is >= 1 and <= largest, SetName, "width", Width, "1 to 4096 frames");
        SettingCheck.Require(MelBands is >= 1 and <= largest, SetName, "mel-bands", MelBands, "1 to 4096");
        SettingCheck.Require(Range is > 0 and <= 200, SetName, "range", Range, "more than 0 and at most 200 dB");
        Frames.CheckRange(SetName, LowestFrequency, HighestFrequency);
    }
}
