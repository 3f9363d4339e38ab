using System.Numerics;
using System.Numerics.Tensors;
using Undertone.Features.Descriptors;
using Undertone.Features.Functionals;

namespace Undertone.Features;

/// <summary>
/// The descriptors of ComParE 2016, frame by frame: 10 ms apart, from 20 ms Hamming windows (energy, spectrum), 60 ms
/// (zero crossings) and 60 ms Gaussian windows (voice). One object serves one recording after the other, and one thread at
/// a time.
/// </summary>
internal sealed class Compare2016Contours
{
    /// <summary>How many descriptors.</summary>
    public const int Descriptors = 65;

    /// <summary>How many mel bands.</summary>
    public const int Bands = 26;

    /// <summary>How many cepstral coefficients.</summary>
    public const int Coefficients = 14;

    private const int SampleRate = 16000;
    private const int Hop = 160;
    private const int FrameLength = 320;
    private const int FftLength = 512;
    private const int PitchFrameLength = 960;

    // Four frames of 60 ms: the least that leaves one frame where the set drops three at the end.
    private const int ShortestAudio = PitchFrameLength + (3 * Hop);

    private const int VoiceCount = 6;
    private const int SumAt = VoiceCount;
    private const int RastaSumAt = SumAt + 1;
    private const int EnergyAt = SumAt + 2;
    private const int ZeroCrossingsAt = SumAt + 3;
    private const int EnergyCount = 4;
    private const int RastaAt = VoiceCount + EnergyCount;
    private const int ShapeAt = RastaAt + Bands;
    private const int CepstrumAt = ShapeAt + 15;

    private const double LowestPitch = 52;
    private const double HighestPitch = 620;

    private const float Compression = 0.33f;
    private const double Resolution = (double)SampleRate / FftLength;

    // The power of one step of sixteen-bit audio, the least that logarithms are taken of.
    private const float LeastPower = 1f / 32767 / 32767;

    // The published set's scale of equal loudness, 10³² over the 1.7·10³¹ of the curve's fall.
    private const double LoudnessScale = 1e32 / 1.7e31;

    private readonly HarmonicSpectra _harmonics = new(Hop);
    private readonly VoicePeriods _periods = new(SampleRate, Hop);
    private readonly ShortTimeSpectra _spectra = new(AnalysisWindow.Hamming(FrameLength), Hop, FftLength);
    private readonly AuditoryBands _bank = new(Bands, (FftLength / 2) + 1, SampleRate, 20, 8000);
    private readonly LowCepstrum _cepstrum = new(Bands, Coefficients);
    private readonly RastaFilter _rasta = new(Bands);
    private readonly BandEnergy _low = new(Resolution, 250, 650);
    private readonly BandEnergy _high = new(Resolution, 1000, 4000);
    private readonly SpectralRollOff _rollOff = new(Resolution, 0.25f, 0.5f, 0.75f, 0.9f);
    private readonly SpectralFlux _flux = new(1, (FftLength / 2) + 1);
    private readonly SpectralMoments _moments = new(Resolution);
    private readonly Sharpness _sharpness = new((FftLength / 2) + 1, Resolution);
    private readonly float[] _logWeights = new float[Bands];
    private readonly Vector<float>[] _logEnergies = new Vector<float>[Bands];
    private readonly VectorLane[] _energies = new VectorLane[Bands];
    private readonly Vector<float>[] _values = new Vector<float>[Math.Max(Coefficients, SpectralMoments.Count)];
    private readonly float[] _frame = new float[Bands];

    private float[] _raw = [];
    private float[] _smoothed = [];
    private float[] _delta = [];
    private float[] _voice = [];
    private float[] _voiceDeltas = [];

    public Compare2016Contours()
    {
        for (var band = 0; band < Bands; band++)
        {
            _logWeights[band] = (float)Math.Log(LoudnessScale * Loudness.Sensitivity(_bank.Centres[band]));
        }
    }

    /// <summary>The number of frames of 20 ms.</summary>
    public int ShortFrames { get; private set; }

    /// <summary>The number of frames of 60 ms, which all descriptors have at least.</summary>
    public int Frames { get; private set; }

    /// <summary>Room for functionals to work in.</summary>
    public Contour Contour { get; } = new();

    /// <summary>Computes the descriptors of a recording.</summary>
    /// <param name="audio">Checked samples of 16 kHz.</param>
    public void Analyse(ReadOnlySpan<float> audio)
    {
        var samples = audio;
        if (audio.Length < ShortestAudio)
        {
            var padded = new float[ShortestAudio];
            audio.CopyTo(padded);
            samples = padded;
        }

        ShortFrames = ShortTimeSpectra.Frames(samples.Length, FrameLength, Hop);
        Frames = ShortTimeSpectra.Frames(samples.Length, PitchFrameLength, Hop);
        if (_smoothed.Length < ShortFrames)
        {
            _raw = new float[checked(Descriptors * ShortFrames)];
            _smoothed = new float[ShortFrames];
            _delta = new float[ShortFrames];
            _voice = new float[VoiceCount * ShortFrames];
            _voiceDeltas = new float[VoiceCount * ShortFrames];
        }

        _rasta.Reset();
        _flux.Reset();
        for (var frame = 0; frame < ShortFrames; frame += Vector<float>.Count)
        {
            _spectra.Load(samples, frame);
            Spectral(frame, Math.Min(Vector<float>.Count, ShortFrames - frame));
        }

        ZeroCrossings.Rates(samples, PitchFrameLength, Hop, Raw(ZeroCrossingsAt)[..Frames]);
        Voice(samples);
    }

    /// <summary>A descriptor, smoothed: all its frames, until the next call.</summary>
    /// <param name="descriptor">From 0, in the order of the published set.</param>
    public ReadOnlySpan<float> Smoothed(int descriptor)
    {
        if (descriptor < VoiceCount)
        {
            return _voice.AsSpan(descriptor * Frames, Frames);
        }

        var raw = Raw(descriptor)[..(descriptor == ZeroCrossingsAt ? Frames : ShortFrames)];
        var smoothed = _smoothed.AsSpan(0, raw.Length);
        raw.CopyTo(smoothed);
        ContourSmoothing.Average(smoothed);
        return smoothed;
    }

    /// <summary>The contours of the set's table, as <see cref="FunctionalTable.ContourReader"/>.</summary>
    /// <remarks>
    /// The published set drops frames at the end that its smoothing and deltas have not reached yet, a different number in
    /// every row: they decide means and positions, so it is done here as well.
    /// </remarks>
    /// <param name="row">The row of <see cref="Compare2016Layout.Table"/>.</param>
    /// <param name="contour">The contour within it.</param>
    public ReadOnlySpan<float> Read(int row, int contour) => (Compare2016Layout.Row)row switch
    {
        Compare2016Layout.Row.Energy => SmoothedOrDelta(VoiceCount, EnergyCount, contour)[..(Frames - 2)],
        Compare2016Layout.Row.Spectrum => SmoothedOrDelta(RastaAt, Descriptors - RastaAt, contour)[..(ShortFrames - 2)],
        Compare2016Layout.Row.Voice => (contour < VoiceCount ? Smoothed(contour) : _voiceDeltas.AsSpan((contour - VoiceCount) * Frames, Frames))[..(Frames - 3)],
        Compare2016Layout.Row.VoicedSegments => Smoothed(0)[..(Frames - 1)],
        Compare2016Layout.Row.Levels => Smoothed(VoiceCount + contour)[..Frames],
        _ => Delta(VoiceCount + contour)[..(Frames - 2)],
    };

    private ReadOnlySpan<float> SmoothedOrDelta(int first, int count, int contour) =>
        contour < count ? Smoothed(first + contour) : Delta(first + contour - count);

    private ReadOnlySpan<float> Delta(int descriptor)
    {
        var smoothed = Smoothed(descriptor);
        var delta = _delta.AsSpan(0, smoothed.Length);
        ContourDeltas.Slope(smoothed, delta);
        return delta;
    }

    private Span<float> Raw(int descriptor) => _raw.AsSpan(descriptor * ShortFrames, ShortFrames);

    /// <summary>What is computed of as many frames' spectra as a vector holds.</summary>
    private void Spectral(int frame, int lanes)
    {
        var power = _spectra.Power;
        Store(EnergyAt, frame, lanes, Vector.SquareRoot(_spectra.MeanSquare));
        Store(ShapeAt, frame, lanes, _low.Of(power));
        Store(ShapeAt + 1, frame, lanes, _high.Of(power));
        _rollOff.Of(power, _values);
        for (var i = 0; i < _rollOff.Count; i++)
        {
            Store(ShapeAt + 2 + i, frame, lanes, _values[i]);
        }

        Store(ShapeAt + 6, frame, lanes, _flux.Of(power));
        _moments.Of(power, _values);
        Store(ShapeAt + 7, frame, lanes, _values[0]);
        Store(ShapeAt + 8, frame, lanes, SpectralEntropy.Of(power));
        for (var i = 1; i < SpectralMoments.Count; i++)
        {
            Store(ShapeAt + 8 + i, frame, lanes, _values[i]);
        }

        Store(ShapeAt + 13, frame, lanes, _sharpness.Of(power));
        Store(ShapeAt + 14, frame, lanes, SpectralHarmonicity.Of(power));

        _bank.Apply(power, _energies);
        for (var band = 0; band < Bands; band++)
        {
            _logEnergies[band] = Vector.Log(Vector.Max(_energies[band].Value, new Vector<float>(LeastPower)));
        }

        _cepstrum.Of(_logEnergies, _values);
        for (var i = 0; i < Coefficients; i++)
        {
            Store(CepstrumAt + i, frame, lanes, _values[i]);
        }

        var sum = Vector<float>.Zero;
        for (var band = 0; band < Bands; band++)
        {
            sum += Vector.Exp((_logEnergies[band] + new Vector<float>(_logWeights[band])) * new Vector<float>(Compression));
        }

        Store(SumAt, frame, lanes, sum * new Vector<float>(1f / Bands));
        for (var lane = 0; lane < lanes; lane++)
        {
            Rasta(frame + lane, lane);
        }
    }

    private void Rasta(int frame, int lane)
    {
        for (var band = 0; band < Bands; band++)
        {
            _frame[band] = _logEnergies[band][lane];
        }

        TensorPrimitives.Add(_rasta.Next(_frame), _logWeights, _frame);
        TensorPrimitives.Multiply(_frame, Compression, _frame);
        TensorPrimitives.Exp<float>(_frame, _frame);
        for (var band = 0; band < Bands; band++)
        {
            _raw[((RastaAt + band) * ShortFrames) + frame] = _frame[band];
        }

        _raw[(RastaSumAt * ShortFrames) + frame] = TensorPrimitives.Sum<float>(_frame) / Bands;
    }

    private void Voice(ReadOnlySpan<float> samples)
    {
        var probability = Raw(1)[..Frames];
        var pitch = _harmonics.Pitch(samples, LowestPitch, HighestPitch, probability);
        pitch.CopyTo(Raw(0));
        _periods.Of(samples, pitch, Raw(2), Raw(3), Raw(4), Raw(5));

        for (var d = 0; d < VoiceCount; d++)
        {
            var contour = _voice.AsSpan(d * Frames, Frames);
            Raw(d)[..Frames].CopyTo(contour);
            ContourSmoothing.AverageNonZero(contour);
        }

        ContourDeltas.VoicedSlopes(_voice.AsSpan(0, VoiceCount * Frames), Frames, _voiceDeltas);
    }

    private void Store(int descriptor, int frame, int lanes, Vector<float> values)
    {
        var at = (descriptor * ShortFrames) + frame;
        if (lanes == Vector<float>.Count)
        {
            values.CopyTo(_raw, at);
            return;
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            _raw[at + lane] = values[lane];
        }
    }
}
