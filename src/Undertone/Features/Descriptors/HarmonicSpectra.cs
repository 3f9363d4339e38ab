using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// What spectra long enough to part the harmonics say of the voice: 60 ms, Gaussian window of σ 0.4. Candidates of F0 first,
/// then, F0 known, the harmonics' levels and the harmonics-to-noise ratio. One object serves one thread at a time.
/// </summary>
internal sealed class HarmonicSpectra
{
    // The autocorrelation's peak is searched this many samples about the period.
    private const int PeakReach = 5;

    private const int FftLength = 1024;
    private const int SampleRate = Speech.Waveform.StandardRate;

    // The share of the harmonics in the energy is kept from 0 and 1 by this: ±100 dB.
    private const double LeastShare = 1e-10;

    private readonly int _hop;
    private readonly ShortTimeSpectra _spectra;
    private readonly SubharmonicSummation _summation;
    private readonly HarmonicDifferences _differences;
    private readonly RealFft _fft = new(FftLength);
    private readonly AlignedBuffer _first = new(FftLength * Vector<float>.Count);
    private readonly AlignedBuffer _second = new(FftLength * Vector<float>.Count);
    private readonly AlignedBuffer _autocorrelation = new(((FftLength / 2) + 1) * Vector<float>.Count);
    private readonly AlignedBuffer _unused = new(((FftLength / 2) + 1) * Vector<float>.Count);
    private readonly float[] _magnitudes;

    /// <summary>Makes room to work in.</summary>
    /// <param name="hop">The distance between frames in samples.</param>
    public HarmonicSpectra(int hop)
    {
        _hop = hop;
        _spectra = new ShortTimeSpectra(AnalysisWindow.Gaussian(FrameLength, 0.4), hop, FftLength);
        _summation = new SubharmonicSummation(_spectra.Bins, SampleRate);
        _differences = new HarmonicDifferences(_spectra.Bins, (double)SampleRate / FftLength);
        _magnitudes = new float[_spectra.Bins];
    }

    /// <summary>The length of a frame in samples: 60 ms.</summary>
    public const int FrameLength = 960;

    /// <summary>Candidates of F0 of frames that begin at the samples' beginning.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="range">The lowest and the highest F0 in Hz.</param>
    /// <param name="frequencies">Receives <see cref="SubharmonicSummation.Candidates"/> a frame, in Hz.</param>
    /// <param name="voicing">Receives how far each stands out, as many.</param>
    /// <param name="rms">Receives the root mean square of the windowed frame, one a frame: so many frames are analysed.</param>
    public void Candidates(ReadOnlySpan<float> samples, (double Lowest, double Highest) range, Span<float> frequencies, Span<float> voicing, Span<float> rms)
    {
        const int candidates = SubharmonicSummation.Candidates;
        for (var frame = 0; frame < rms.Length; frame += Vector<float>.Count)
        {
            var count = Math.Min(Vector<float>.Count, rms.Length - frame);
            _spectra.Load(samples, frame);
            _summation.Of(_spectra.Power, count, range.Lowest, range.Highest, frequencies[(frame * candidates)..], voicing[(frame * candidates)..]);
            WindowedRms(_spectra.Power, rms.Slice(frame, count));
        }
    }

    /// <summary>The levels of the harmonics of frames that begin at the samples' beginning.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="formants">Three frequencies in Hz a frame, at least as many frames.</param>
    /// <param name="harmonicsToNoise">Receives the harmonics-to-noise ratio in dB; 0 where there is no voice.</param>
    /// <param name="levels">Receives one value a frame.</param>
    public void Levels(ReadOnlySpan<float> samples, ReadOnlySpan<float> pitch, ReadOnlySpan<float> formants, Span<float> harmonicsToNoise, Span<HarmonicLevels> levels)
    {
        for (var first = 0; first < pitch.Length; first += Vector<float>.Count)
        {
            var count = Math.Min(Vector<float>.Count, pitch.Length - first);
            var voiced = pitch.Slice(first, count).ContainsAnyExcept(0f);
            if (voiced)
            {
                _spectra.Load(samples, first);
                Autocorrelate(_spectra.Power);
            }
            else
            {
                _spectra.Skip(samples, first);
            }

            for (var i = 0; i < count; i++)
            {
                if (pitch[first + i] > 0)
                {
                    var power = _spectra.Power;
                    for (var bin = 0; bin < _magnitudes.Length; bin++)
                    {
                        _magnitudes[bin] = MathF.Sqrt(power[bin].Value[i]);
                    }
                }

                harmonicsToNoise[first + i] = pitch[first + i] > 0 ? (float)HarmonicsToNoise(i, SampleRate / (double)pitch[first + i]) : 0;
                levels[first + i] = _differences.Of(_magnitudes, pitch[first + i], formants.Slice((first + i) * 3, 3));
            }
        }
    }

    private static void WindowedRms(ReadOnlySpan<VectorLane> power, Span<float> rms)
    {
        var sum = (power[0].Value + power[^1].Value) * new Vector<float>(0.5f);
        foreach (var bin in power[1..^1])
        {
            sum += bin.Value;
        }

        // Parseval: the energy of the windowed samples.
        var root = Vector.SquareRoot(sum * new Vector<float>(2f / FftLength / FrameLength));
        for (var i = 0; i < rms.Length; i++)
        {
            rms[i] = root[i];
        }
    }

    /// <summary>The autocorrelation is the transform of the power spectrum, which is even.</summary>
    private void Autocorrelate(ReadOnlySpan<VectorLane> power)
    {
        var lanes = _first.Lanes;
        var scale = _fft.InputScale;
        for (var bin = 0; bin < power.Length; bin++)
        {
            lanes[bin] = power[bin] * scale;
        }

        for (var bin = 1; bin < power.Length - 1; bin++)
        {
            lanes[FftLength - bin] = lanes[bin];
        }

        _fft.Spectrum(lanes, _second.Lanes, _autocorrelation.Lanes, _unused.Lanes);
    }

    private double HarmonicsToNoise(int frame, double period)
    {
        var lags = _autocorrelation.Lanes;
        var middle = (int)Math.Round(period);
        var peak = double.NegativeInfinity;
        for (var lag = Math.Max(1, middle - PeakReach); lag <= Math.Min(lags.Length - 1, middle + PeakReach); lag++)
        {
            peak = Math.Max(peak, lags[lag].Value[frame]);
        }

        double energy = lags[0].Value[frame];
        if (!(energy > 0))
        {
            return 0;
        }

        var share = Math.Clamp(peak / energy, LeastShare, 1 - LeastShare);
        return 10 * Math.Log10(share / (1 - share));
    }
}
