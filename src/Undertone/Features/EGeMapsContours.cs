using System.Numerics;
using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>The descriptors of eGeMAPS that need no pitch, frame by frame, before smoothing.</summary>
internal sealed class EGeMapsContours
{
    /// <summary>The length of a frame in samples: 20 ms.</summary>
    public const int FrameLength = 320;

    /// <summary>The distance between frames in samples: 10 ms.</summary>
    public const int Hop = 160;

    private const int Cepstra = 4;

    private EGeMapsContours(int frames)
    {
        Frames = frames;
        Loudness = new float[frames];
        AlphaRatio = new float[frames];
        HammarbergIndex = new float[frames];
        LowSlope = new float[frames];
        HighSlope = new float[frames];
        Flux = new float[frames];
        Cepstrum = [.. Enumerable.Range(0, Cepstra).Select(_ => new float[frames])];
        FormantFrequencies = new float[frames * EGeMapsFormants.Count];
        FormantBandwidths = new float[frames * EGeMapsFormants.Count];
    }

    /// <summary>The number of frames.</summary>
    public int Frames { get; }

    /// <summary>Loudness.</summary>
    public float[] Loudness { get; }

    /// <summary>Alpha ratio in dB.</summary>
    public float[] AlphaRatio { get; }

    /// <summary>Hammarberg index in dB.</summary>
    public float[] HammarbergIndex { get; }

    /// <summary>Slope from 0 to 500 Hz in dB/Hz.</summary>
    public float[] LowSlope { get; }

    /// <summary>Slope from 500 to 1500 Hz in dB/Hz.</summary>
    public float[] HighSlope { get; }

    /// <summary>Spectral flux.</summary>
    public float[] Flux { get; }

    /// <summary>Cepstral coefficients 1 to 4.</summary>
    public float[][] Cepstrum { get; }

    /// <summary>Frames × 3 frequencies in Hz.</summary>
    public float[] FormantFrequencies { get; }

    /// <summary>Frames × 3 bandwidths in Hz.</summary>
    public float[] FormantBandwidths { get; }

    /// <summary>The mean of the frames' mean squares.</summary>
    public double MeanSquare { get; private set; }

    /// <summary>What the computation needs to work in: one serves one thread at a time.</summary>
    internal sealed class Analyser
    {
        private const int FftLength = 512;
        private const int Bands = 26;
        private const double Resolution = (double)Speech.Waveform.StandardRate / FftLength;

        private readonly ShortTimeSpectra _spectra = new(AnalysisWindow.Hamming(FrameLength), Hop, FftLength);
        private readonly AuditoryBands _bands;
        private readonly Loudness _loudness;
        private readonly LowCepstrum _cepstrum = new(Bands, Cepstra);
        private readonly AlphaRatio _alphaRatio = new(Resolution);
        private readonly HammarbergIndex _hammarbergIndex = new(Resolution);
        private readonly SpectralSlope _lowSlope = new(0, 500, Resolution);
        private readonly SpectralSlope _highSlope = new(500, 1500, Resolution);
        private readonly SpectralFlux _flux = new(Resolution);
        private readonly EGeMapsFormants _formants = new();

        public Analyser()
        {
            _bands = new AuditoryBands(Bands, _spectra.Bins, Speech.Waveform.StandardRate, 20, 8000);
            _loudness = new Loudness(_bands.Centres);
        }

        /// <summary>Computes the contours of checked audio.</summary>
        public EGeMapsContours Of(ReadOnlySpan<float> samples)
        {
            var frames = ShortTimeSpectra.Frames(samples.Length, FrameLength, Hop);
            var contours = new EGeMapsContours(frames);
            Span<VectorLane> energies = stackalloc VectorLane[Bands];
            Span<Vector<float>> logs = stackalloc Vector<float>[Bands];
            Span<Vector<float>> levels = stackalloc Vector<float>[_highSlope.End];
            Span<Vector<float>> cepstrum = stackalloc Vector<float>[Cepstra];
            var meanSquare = 0.0;
            _flux.Reset();
            for (var frame = 0; frame < frames; frame += Vector<float>.Count)
            {
                _spectra.Load(samples, frame);
                var power = _spectra.Power;
                var count = Math.Min(Vector<float>.Count, frames - frame);
                _bands.Apply(power, energies);
                for (var band = 0; band < Bands; band++)
                {
                    logs[band] = Vector.Log(Vector.Max(energies[band].Value, new Vector<float>(Decibel.Floor)));
                }

                for (var bin = 0; bin < levels.Length; bin++)
                {
                    levels[bin] = Decibel.Of(power[bin].Value);
                }

                Store(_loudness.Of(logs), contours.Loudness, frame, count);
                Store(_alphaRatio.Of(power), contours.AlphaRatio, frame, count);
                Store(_hammarbergIndex.Of(power), contours.HammarbergIndex, frame, count);
                Store(_lowSlope.Of(levels), contours.LowSlope, frame, count);
                Store(_highSlope.Of(levels), contours.HighSlope, frame, count);
                Store(_flux.Of(power), contours.Flux, frame, count);
                _cepstrum.Of(logs, cepstrum);
                for (var i = 0; i < Cepstra; i++)
                {
                    Store(cepstrum[i], contours.Cepstrum[i], frame, count);
                }

                _formants.Of(
                    _spectra.Real,
                    _spectra.Imaginary,
                    count,
                    contours.FormantFrequencies.AsSpan(frame * EGeMapsFormants.Count),
                    contours.FormantBandwidths.AsSpan(frame * EGeMapsFormants.Count));
                for (var i = 0; i < count; i++)
                {
                    meanSquare += _spectra.MeanSquare[i];
                }
            }

            contours.MeanSquare = meanSquare / frames;
            return contours;
        }

        private static void Store(Vector<float> values, float[] contour, int frame, int count)
        {
            for (var i = 0; i < count; i++)
            {
                contour[frame + i] = values[i];
            }
        }
    }
}
