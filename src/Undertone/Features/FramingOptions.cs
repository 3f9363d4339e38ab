namespace Undertone.Features;

/// <summary>How audio is cut into frames and transformed, for sets that look at short-time power spectra.</summary>
/// <remarks>Frame f is centred at sample f · hop; beyond its ends the signal is mirrored. Lengths are in samples.</remarks>
public sealed record FramingOptions
{
    /// <summary>The rate of the audio, in Hz. Default 16000.</summary>
    public int SampleRate { get; init; } = Speech.Waveform.StandardRate;

    /// <summary>The length of the Fourier transform. Default 512.</summary>
    public int FftLength { get; init; } = 512;

    /// <summary>The length of the window, centred within the transform. Default 400 (25 ms).</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>The distance between frames. Default 160 (10 ms).</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>The window's shape. Default Hann.</summary>
    public WindowShape Window { get; init; } = WindowShape.Hann;

    /// <summary>The number of frequencies from 0 Hz to half the sample rate.</summary>
    internal int Bins => (FftLength / 2) + 1;

    /// <summary>The distance between frames, in seconds.</summary>
    internal double HopSeconds => (double)HopLength / SampleRate;

    /// <summary>The frequency of a bin, in Hz.</summary>
    internal double Frequency(int bin) => (double)SampleRate * bin / FftLength;

    /// <summary>Every setting that changes the values, as one line.</summary>
    internal string Canonical() => $"rate={SampleRate} fft={FftLength} window={WindowLength},{Window} hop={HopLength}";

    /// <summary>A spectrogram over a bank of filters.</summary>
    /// <param name="set">The set's name, for messages.</param>
    /// <param name="bank">Makes the bank, once the settings are known to be possible.</param>
    /// <param name="log">How the sums are compressed.</param>
    /// <param name="power">1 for magnitudes, 2 for powers.</param>
    /// <param name="floor">The smallest energy told from silence.</param>
    internal MelSpectrogram Spectrogram(string set, Func<FilterBank> bank, LogCompression log, int power = 2, double floor = 1e-6)
    {
        var options = new LogMelOptions
        {
            SampleRate = SampleRate,
            FftLength = FftLength,
            WindowLength = WindowLength,
            HopLength = HopLength,
            Window = Window,
            Power = power,
            LowestFrequency = 0,
            Log = log,
            LogFloor = floor,
            Bands = 1,
        };
        options.Check(set);
        return new MelSpectrogram(options, set, bank());
    }

    /// <summary>Refuses an impossible range of frequencies.</summary>
    internal void CheckRange(string set, double lowest, double? highest)
    {
        var top = highest ?? SampleRate / 2.0;
        SettingCheck.Require(lowest >= 0 && lowest < top, set, "lowest-frequency", lowest, FormattableString.Invariant($"0 Hz to below highest-frequency ({top} Hz)"));
        SettingCheck.Require(top <= SampleRate / 2.0, set, "highest-frequency", top, FormattableString.Invariant($"at most half the sample rate ({SampleRate / 2.0} Hz)"));
    }
}
