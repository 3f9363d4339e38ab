using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>Measures the harmonics of voiced frames on spectra long enough to part them: 60 ms, Gaussian window of σ 0.4.</summary>
internal sealed class HarmonicSpectra
{
    private const int FftLength = 1024;

    private readonly ShortTimeSpectra _spectra;
    private readonly HarmonicDifferences _differences;
    private readonly float[] _magnitudes;

    /// <summary>Makes room to work in: one object serves one thread at a time.</summary>
    /// <param name="frameLength">The frame in samples.</param>
    /// <param name="hop">The distance between frames in samples.</param>
    public HarmonicSpectra(int frameLength, int hop)
    {
        _spectra = new ShortTimeSpectra(AnalysisWindow.Gaussian(frameLength, 0.4), hop, FftLength);
        _differences = new HarmonicDifferences(_spectra.Bins, (double)Speech.Waveform.StandardRate / FftLength);
        _magnitudes = new float[_spectra.Bins];
    }

    /// <summary>The levels of every frame.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="formants">Three frequencies in Hz a frame, at least as many frames.</param>
    public HarmonicLevels[] Of(ReadOnlySpan<float> samples, ReadOnlySpan<float> pitch, ReadOnlySpan<float> formants)
    {
        var levels = new HarmonicLevels[pitch.Length];
        for (var first = 0; first < pitch.Length; first += Vector<float>.Count)
        {
            var count = Math.Min(Vector<float>.Count, pitch.Length - first);
            _spectra.Load(samples, first);
            var power = _spectra.Power;
            for (var i = 0; i < count; i++)
            {
                if (pitch[first + i] > 0)
                {
                    for (var bin = 0; bin < _magnitudes.Length; bin++)
                    {
                        _magnitudes[bin] = MathF.Sqrt(power[bin].Value[i]);
                    }
                }

                levels[first + i] = _differences.Of(_magnitudes, pitch[first + i], formants.Slice((first + i) * 3, 3));
            }
        }

        return levels;
    }
}
