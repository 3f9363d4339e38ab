using Undertone.Speech;

namespace Undertone.Features.Descriptors;

/// <summary>The settings of <see cref="FormantTracker"/>.</summary>
public sealed record FormantOptions
{
    /// <summary>How many formants, 1 to 5. Default 3.</summary>
    public int Formants { get; init; } = 3;

    /// <summary>The highest frequency looked at, in Hz: 5500 for women, 5000 for men. Default 5500.</summary>
    public double Ceiling { get; init; } = 5500;

    /// <summary>The order of the prediction, 4 to 30. Default 12: two for each of five formants and two for the glottis.</summary>
    public int Order { get; init; } = 12;

    /// <summary>Pre-emphasis, 0 to below 1. Default 0.97.</summary>
    public double PreEmphasis { get; init; } = 0.97;

    /// <summary>Wider resonances are taken for the spectrum's tilt and left out, in Hz. Default 800.</summary>
    public double WidestBandwidth { get; init; } = 800;

    /// <summary>Refuses impossible settings.</summary>
    internal void Check()
    {
        SettingCheck.Require(Formants is >= 1 and <= 5, "formants", "formants", Formants, "1 to 5");
        SettingCheck.Require(Ceiling is >= 1000 and <= Waveform.StandardRate / 2, "formants", "ceiling", Ceiling, "1000 to 8000 Hz");
        SettingCheck.Require(Order is >= 4 and <= 30, "formants", "order", Order, "4 to 30");
        SettingCheck.Require(PreEmphasis is >= 0 and < 1, "formants", "pre-emphasis", PreEmphasis, "0 to below 1");
        SettingCheck.Require(WidestBandwidth > 0, "formants", "widest-bandwidth", WidestBandwidth, "a positive number of Hz");
    }
}

/// <summary>Formants frame by frame.</summary>
/// <param name="Frames">The number of frames, 10 ms apart; frame f begins at f · 10 ms and is 25 ms long.</param>
/// <param name="Frequencies">Frames × formants in Hz, lowest first; 0 where there are fewer.</param>
/// <param name="Bandwidths">Their bandwidths in Hz, as many.</param>
public sealed record FormantTrack(int Frames, float[] Frequencies, float[] Bandwidths);

/// <summary>
/// Formants, the resonances of the vocal tract, by selective linear prediction: the autocorrelation is taken from the
/// pre-emphasised power spectrum below the ceiling alone, so the audio need not be resampled (Makhoul 1975,
/// doi:10.1109/PROC.1975.9792), and the formants are the poles (Markel &amp; Gray 1976, doi:10.1007/978-3-642-66286-7).
/// Holds no state between calls; several threads may share it.
/// </summary>
/// <remarks>The set <c>egemaps</c> does not use these but what its reference computes: see docs/features/egemaps.md.</remarks>
public sealed class FormantTracker
{
    private const int FrameLength = 400;
    private const int Hop = 160;
    private const int FftLength = 512;

    private readonly FormantOptions _options;
    private readonly double[] _weights;
    private readonly double[] _cosines;
    private readonly int _bins;

    /// <summary>Makes the tracker.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="UndertoneException">A setting is impossible; the message names it.</exception>
    public FormantTracker(FormantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        const double resolution = (double)Waveform.StandardRate / FftLength;
        _bins = (int)(options.Ceiling / resolution) + 1;
        _weights = new double[_bins];
        _cosines = new double[(options.Order + 1) * _bins];
        for (var bin = 0; bin < _bins; bin++)
        {
            var angle = 2 * Math.PI * bin / FftLength;
            _weights[bin] = (bin == 0 ? 1 : 2) * (1 + (options.PreEmphasis * options.PreEmphasis) - (2 * options.PreEmphasis * Math.Cos(angle)));
            for (var lag = 0; lag <= options.Order; lag++)
            {
                _cosines[(lag * _bins) + bin] = Math.Cos(Math.PI * bin * lag * resolution / options.Ceiling);
            }
        }
    }

    /// <summary>Finds the formants.</summary>
    /// <param name="waveform">Mono audio at 16 kHz.</param>
    /// <exception cref="UndertoneException">The sample rate differs, or the audio is empty or not finite.</exception>
    public FormantTrack Track(Waveform waveform)
    {
        SpeechCheck.Require(waveform, "formants");
        var frames = ShortTimeSpectra.Frames(waveform.Samples.Length, FrameLength, Hop);
        var count = _options.Formants;
        var track = new FormantTrack(frames, new float[frames * count], new float[frames * count]);
        var spectra = new ShortTimeSpectra(AnalysisWindow.Hamming(FrameLength), Hop, FftLength);
        Span<double> lags = stackalloc double[_options.Order + 1];
        Span<double> filter = stackalloc double[_options.Order + 1];
        Span<float> frequencies = stackalloc float[_options.Order / 2];
        Span<float> bandwidths = stackalloc float[_options.Order / 2];
        for (var frame = 0; frame < frames; frame++)
        {
            var lane = frame % System.Numerics.Vector<float>.Count;
            if (lane == 0)
            {
                spectra.Load(waveform.Samples, frame);
            }

            Autocorrelation(spectra.Power, lane, lags);
            LinearPrediction.Solve(lags, filter);
            Resonances.Of(filter, 2 * _options.Ceiling, 50, _options.Ceiling - 50, frequencies, bandwidths);
            var found = 0;
            for (var i = 0; i < frequencies.Length && found < count; i++)
            {
                if (frequencies[i] > 0 && bandwidths[i] <= _options.WidestBandwidth)
                {
                    track.Frequencies[(frame * count) + found] = frequencies[i];
                    track.Bandwidths[(frame * count) + found] = bandwidths[i];
                    found++;
                }
            }
        }

        return track;
    }

    private void Autocorrelation(ReadOnlySpan<VectorLane> power, int lane, Span<double> lags)
    {
        for (var lag = 0; lag < lags.Length; lag++)
        {
            var sum = 0.0;
            for (var bin = 0; bin < _bins; bin++)
            {
                sum += _weights[bin] * power[bin].Value[lane] * _cosines[(lag * _bins) + bin];
            }

            lags[lag] = sum;
        }
    }
}
