using System.Numerics;
using Undertone.Features.Descriptors;

namespace Undertone.Features;

/// <summary>
/// The descriptors of eGeMAPS, frame by frame, before smoothing. One object serves one recording after the other, and one
/// thread at a time.
/// </summary>
internal sealed class EGeMapsContours : IDisposable
{
    /// <summary>The length of a frame in samples: 20 ms.</summary>
    public const int FrameLength = 320;

    /// <summary>The distance between frames in samples: 10 ms.</summary>
    public const int Hop = 160;

    private const int Cepstra = 4;
    private const int FftLength = 512;
    private const int Bands = 26;
    private const double Resolution = (double)Speech.Waveform.StandardRate / FftLength;
    private const double LowestPitch = 55;
    private const double HighestPitch = 1000;

    // A period may differ from 1/F0 by a tenth.
    private const double PeriodSearchRange = 0.1;

    private readonly ContourStore _sound = new(Enum.GetValues<Sound>().Length);
    private readonly ContourStore _voice = new(Enum.GetValues<Voice>().Length);
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
    private readonly HarmonicSpectra _harmonics = new(Hop);
    private readonly PitchTrack _pitch;
    private readonly PeriodPerturbation _perturbation = new(Speech.Waveform.StandardRate, Hop, PeriodSearchRange);
    private readonly float[] _frequencies = new float[EGeMapsFormants.Count * Vector<float>.Count];
    private readonly float[] _bandwidths = new float[EGeMapsFormants.Count * Vector<float>.Count];

    private float[] _formantsOfVoice = [];
    private HarmonicLevels[] _levels = [];
    private double _squares;

    public EGeMapsContours()
    {
        _bands = new AuditoryBands(Bands, _spectra.Bins, Speech.Waveform.StandardRate, 20, 8000);
        _loudness = new Loudness(_bands.Centres);
        _pitch = new PitchTrack(_harmonics, LowestPitch, HighestPitch);
    }

    /// <summary>The contours that need no pitch.</summary>
    public enum Sound
    {
        /// <summary>Loudness.</summary>
        Loudness,

        /// <summary>Spectral flux.</summary>
        Flux,

        /// <summary>Cepstral coefficients 1 to 4: the first of them.</summary>
        Cepstrum,

        /// <summary>The second.</summary>
        Cepstrum2,

        /// <summary>The third.</summary>
        Cepstrum3,

        /// <summary>The fourth.</summary>
        Cepstrum4,

        /// <summary>Alpha ratio in dB.</summary>
        AlphaRatio,

        /// <summary>Hammarberg index in dB.</summary>
        HammarbergIndex,

        /// <summary>Slope from 0 to 500 Hz in dB/Hz.</summary>
        LowSlope,

        /// <summary>Slope from 500 to 1500 Hz in dB/Hz.</summary>
        HighSlope,

        /// <summary>Three formants' frequencies in Hz: the first of them.</summary>
        FormantFrequency,

        /// <summary>The second.</summary>
        FormantFrequency2,

        /// <summary>The third.</summary>
        FormantFrequency3,

        /// <summary>Three formants' bandwidths in Hz: the first of them.</summary>
        FormantBandwidth,

        /// <summary>The second.</summary>
        FormantBandwidth2,

        /// <summary>The third.</summary>
        FormantBandwidth3,
    }

    /// <summary>The contours of the voice; 0 where there is none, but for the formants' amplitudes.</summary>
    public enum Voice
    {
        /// <summary>Local jitter, a fraction.</summary>
        Jitter,

        /// <summary>Local shimmer in dB.</summary>
        Shimmer,

        /// <summary>Harmonics-to-noise ratio in dB.</summary>
        HarmonicsToNoise,

        /// <summary>See <see cref="HarmonicLevels.H1H2"/>.</summary>
        H1H2,

        /// <summary>See <see cref="HarmonicLevels.H1A3"/>.</summary>
        H1A3,

        /// <summary>Three formants' amplitudes in dB: the first of them.</summary>
        FormantAmplitude,

        /// <summary>The second.</summary>
        FormantAmplitude2,

        /// <summary>The third.</summary>
        FormantAmplitude3,
    }

    /// <summary>The number of frames of 20 ms, which the contours of <see cref="Sound"/> have.</summary>
    public int Frames => _sound.Frames;

    /// <summary>F0 in Hz of frames of 60 ms; 0 where there is no voice.</summary>
    public ReadOnlySpan<float> Pitch => _pitch.Pitch;

    /// <summary>The mean of the frames' mean squares.</summary>
    public double MeanSquare => _squares / Frames;

    /// <summary>Computes the contours of a recording, in place of the last one's.</summary>
    public void Analyse(SampleWindow window)
    {
        Dispose();
        _flux.Reset();
        _pitch.Clear();
        _squares = 0;
        LongRecording.ForEachBlock(window, 0, (samples, shortFrames, longFrames) =>
        {
            Analyse(samples, _sound.Add(shortFrames));
            _pitch.Add(samples, longFrames);
        });
        _pitch.Find([]);
        LongRecording.ForEachVoice(window, 0, _pitch.Pitch, AnalyseVoice);
    }

    /// <summary>Reads a contour.</summary>
    /// <param name="contour">Which.</param>
    /// <param name="number">Which of several: the second is 1.</param>
    /// <param name="to">Receives the first frames, as many as fit.</param>
    public void Read(Sound contour, int number, Span<float> to) => _sound.Read((int)contour + number, 0, to);

    /// <summary>Reads a contour of the voice.</summary>
    /// <param name="contour">Which.</param>
    /// <param name="number">Which of several: the second is 1.</param>
    /// <param name="to">Receives the first frames, as many as fit.</param>
    public void Read(Voice contour, int number, Span<float> to) => _voice.Read((int)contour + number, 0, to);

    /// <summary>Lets go of the recording.</summary>
    public void Dispose()
    {
        _sound.Clear();
        _voice.Clear();
    }

    private static void Store(Vector<float> values, Span<float> contour, int frame)
    {
        if (frame + Vector<float>.Count <= contour.Length)
        {
            values.CopyTo(contour[frame..]);
            return;
        }

        for (var i = 0; frame + i < contour.Length; i++)
        {
            contour[frame + i] = values[i];
        }
    }

    /// <summary>Shimmer in dB, as the set has it: by how much the one amplitude exceeds the other.</summary>
    private static void InDecibels(Span<float> shimmer)
    {
        foreach (ref var value in shimmer)
        {
            value = (float)(20 * Math.Log10(1 + (double)value));
        }
    }

    private void Analyse(ReadOnlySpan<float> samples, ContourBlock to)
    {
        Span<VectorLane> energies = stackalloc VectorLane[Bands];
        Span<Vector<float>> logs = stackalloc Vector<float>[Bands];
        Span<Vector<float>> levels = stackalloc Vector<float>[_highSlope.End];
        Span<Vector<float>> cepstrum = stackalloc Vector<float>[Cepstra];
        for (var frame = 0; frame < to.Frames; frame += Vector<float>.Count)
        {
            _spectra.Load(samples, frame);
            var power = _spectra.Power;
            _bands.Apply(power, energies);
            for (var band = 0; band < Bands; band++)
            {
                logs[band] = Vector.Log(Vector.Max(energies[band].Value, new Vector<float>(Decibel.Floor)));
            }

            for (var bin = 0; bin < levels.Length; bin++)
            {
                levels[bin] = Decibel.Of(power[bin].Value);
            }

            Store(_loudness.Of(logs), to[(int)Sound.Loudness], frame);
            Store(_alphaRatio.Of(power), to[(int)Sound.AlphaRatio], frame);
            Store(_hammarbergIndex.Of(power), to[(int)Sound.HammarbergIndex], frame);
            Store(_lowSlope.Of(levels), to[(int)Sound.LowSlope], frame);
            Store(_highSlope.Of(levels), to[(int)Sound.HighSlope], frame);
            Store(_flux.Of(power), to[(int)Sound.Flux], frame);
            _cepstrum.Of(logs, cepstrum);
            for (var i = 0; i < Cepstra; i++)
            {
                Store(cepstrum[i], to[(int)Sound.Cepstrum + i], frame);
            }

            var count = Math.Min(Vector<float>.Count, to.Frames - frame);
            Formants(count, frame, to);
            for (var i = 0; i < count; i++)
            {
                _squares += _spectra.MeanSquare[i];
            }
        }
    }

    private void Formants(int count, int frame, ContourBlock to)
    {
        _formants.Of(_spectra.Real, _spectra.Imaginary, count, _frequencies, _bandwidths);
        for (var formant = 0; formant < EGeMapsFormants.Count; formant++)
        {
            var frequencies = to[(int)Sound.FormantFrequency + formant];
            var bandwidths = to[(int)Sound.FormantBandwidth + formant];
            for (var i = 0; i < count; i++)
            {
                frequencies[frame + i] = _frequencies[(i * EGeMapsFormants.Count) + formant];
                bandwidths[frame + i] = _bandwidths[(i * EGeMapsFormants.Count) + formant];
            }
        }
    }

    private void AnalyseVoice(ReadOnlySpan<float> samples, int first, ReadOnlySpan<float> pitch)
    {
        var to = _voice.Add(pitch.Length);
        if (_levels.Length < pitch.Length)
        {
            _levels = new HarmonicLevels[Math.Max(pitch.Length, LongRecording.BlockFrames)];
            _formantsOfVoice = new float[(EGeMapsFormants.Count + 1) * _levels.Length];
        }

        // As many formants stand one behind the other for each frame; a row of them at the end is room to read into.
        var row = _formantsOfVoice.AsSpan(EGeMapsFormants.Count * _levels.Length, pitch.Length);
        for (var formant = 0; formant < EGeMapsFormants.Count; formant++)
        {
            _sound.Read((int)Sound.FormantFrequency + formant, first, row);
            for (var frame = 0; frame < row.Length; frame++)
            {
                _formantsOfVoice[(frame * EGeMapsFormants.Count) + formant] = row[frame];
            }
        }

        _harmonics.Levels(samples, pitch, _formantsOfVoice, to[(int)Voice.HarmonicsToNoise], _levels);
        _perturbation.Of(samples, pitch, to[(int)Voice.Jitter], [], to[(int)Voice.Shimmer]);
        InDecibels(to[(int)Voice.Shimmer]);
        for (var level = 0; level < HarmonicLevels.Count; level++)
        {
            var contour = to[(int)Voice.H1H2 + level];
            for (var frame = 0; frame < contour.Length; frame++)
            {
                contour[frame] = _levels[frame][level];
            }
        }
    }
}
