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
internal sealed class Compare2016Contours : IDisposable
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
    private const int PitchFrameLength = HarmonicSpectra.FrameLength;

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

    // A period may differ from 1/F0 by a quarter.
    private const double PeriodSearchRange = 0.25;

    private const float Compression = 0.33f;
    private const double Resolution = (double)SampleRate / FftLength;

    // The power of one step of sixteen-bit audio, the least that logarithms are taken of.
    private const float LeastPower = 1f / 32767 / 32767;

    // The published set's scale of equal loudness, 10³² over the 1.7·10³¹ of the curve's fall.
    private const double LoudnessScale = 1e32 / 1.7e31;

    private readonly ContourStore _sound = new(Descriptors - VoiceCount);
    private readonly ContourStore _voice = new(VoiceCount);
    private readonly ContourStore _voiceDeltas = new(VoiceCount);
    private readonly PitchTrack _pitch = new(new HarmonicSpectra(Hop), LowestPitch, HighestPitch);
    private readonly PeriodPerturbation _perturbation = new(SampleRate, Hop, PeriodSearchRange);
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

    private float[] _smoothed = [];
    private float[] _delta = [];
    private float[] _probability = [];
    private float[] _rows = [];

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

    /// <summary>Computes the descriptors of a recording, in place of the last one's.</summary>
    /// <param name="window">The recording.</param>
    public void Analyse(SampleWindow window)
    {
        Dispose();
        _pitch.Clear();
        _rasta.Reset();
        _flux.Reset();
        LongRecording.ForEachBlock(window, ShortestAudio, (samples, shortFrames, longFrames) =>
        {
            Analyse(samples, _sound.Add(shortFrames), longFrames);
            _pitch.Add(samples, longFrames);
        });
        (ShortFrames, Frames) = (_sound.Frames, _pitch.Frames);
        if (_smoothed.Length < ShortFrames)
        {
            (_smoothed, _delta, _probability) = (new float[ShortFrames], new float[ShortFrames], new float[ShortFrames]);
        }

        _pitch.Find(_probability);
        LongRecording.ForEachVoice(window, ShortestAudio, _pitch.Pitch, AnalyseVoice);
        FindVoiceDeltas();
    }

    /// <summary>A descriptor, smoothed: all its frames, until the next call.</summary>
    /// <param name="descriptor">From 0, in the order of the published set.</param>
    public ReadOnlySpan<float> Smoothed(int descriptor)
    {
        var smoothed = _smoothed.AsSpan(0, descriptor is < VoiceCount or ZeroCrossingsAt ? Frames : ShortFrames);
        if (descriptor < VoiceCount)
        {
            _voice.Read(descriptor, 0, smoothed);
            ContourSmoothing.AverageNonZero(smoothed);
        }
        else
        {
            _sound.Read(descriptor - VoiceCount, 0, smoothed);
            ContourSmoothing.Average(smoothed);
        }

        return smoothed;
    }

    /// <summary>Lets go of the recording.</summary>
    public void Dispose()
    {
        _sound.Clear();
        _voice.Clear();
        _voiceDeltas.Clear();
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
        Compare2016Layout.Row.Voice => (contour < VoiceCount ? Smoothed(contour) : VoiceDelta(contour - VoiceCount))[..(Frames - 3)],
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

    private ReadOnlySpan<float> VoiceDelta(int descriptor)
    {
        var delta = _delta.AsSpan(0, Frames);
        _voiceDeltas.Read(descriptor, 0, delta);
        return delta;
    }

    private void Analyse(ReadOnlySpan<float> samples, ContourBlock to, int longFrames)
    {
        for (var frame = 0; frame < to.Frames; frame += Vector<float>.Count)
        {
            _spectra.Load(samples, frame);
            Spectral(to, frame, Math.Min(Vector<float>.Count, to.Frames - frame));
        }

        ZeroCrossings.Rates(samples, PitchFrameLength, Hop, to[ZeroCrossingsAt - VoiceCount][..longFrames]);
    }

    /// <summary>What is computed of as many frames' spectra as a vector holds.</summary>
    private void Spectral(ContourBlock to, int frame, int lanes)
    {
        var power = _spectra.Power;
        Store(to, EnergyAt, frame, lanes, Vector.SquareRoot(_spectra.MeanSquare));
        Store(to, ShapeAt, frame, lanes, _low.Of(power));
        Store(to, ShapeAt + 1, frame, lanes, _high.Of(power));
        _rollOff.Of(power, _values);
        for (var i = 0; i < _rollOff.Count; i++)
        {
            Store(to, ShapeAt + 2 + i, frame, lanes, _values[i]);
        }

        Store(to, ShapeAt + 6, frame, lanes, _flux.Of(power));
        _moments.Of(power, _values);
        Store(to, ShapeAt + 7, frame, lanes, _values[0]);
        Store(to, ShapeAt + 8, frame, lanes, SpectralEntropy.Of(power));
        for (var i = 1; i < SpectralMoments.Count; i++)
        {
            Store(to, ShapeAt + 8 + i, frame, lanes, _values[i]);
        }

        Store(to, ShapeAt + 13, frame, lanes, _sharpness.Of(power));
        Store(to, ShapeAt + 14, frame, lanes, SpectralHarmonicity.Of(power));

        _bank.Apply(power, _energies);
        for (var band = 0; band < Bands; band++)
        {
            _logEnergies[band] = Vector.Log(Vector.Max(_energies[band].Value, new Vector<float>(LeastPower)));
        }

        _cepstrum.Of(_logEnergies, _values);
        for (var i = 0; i < Coefficients; i++)
        {
            Store(to, CepstrumAt + i, frame, lanes, _values[i]);
        }

        var sum = Vector<float>.Zero;
        for (var band = 0; band < Bands; band++)
        {
            sum += Vector.Exp((_logEnergies[band] + new Vector<float>(_logWeights[band])) * new Vector<float>(Compression));
        }

        Store(to, SumAt, frame, lanes, sum * new Vector<float>(1f / Bands));
        for (var lane = 0; lane < lanes; lane++)
        {
            Rasta(to, frame + lane, lane);
        }
    }

    private void Rasta(ContourBlock to, int frame, int lane)
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
            to[RastaAt + band - VoiceCount][frame] = _frame[band];
        }

        to[RastaSumAt - VoiceCount][frame] = TensorPrimitives.Sum<float>(_frame) / Bands;
    }

    private void AnalyseVoice(ReadOnlySpan<float> samples, int first, ReadOnlySpan<float> pitch)
    {
        var to = _voice.Add(pitch.Length);
        pitch.CopyTo(to[0]);
        _probability.AsSpan(first, pitch.Length).CopyTo(to[1]);
        _perturbation.Of(samples, pitch, to[2], to[3], to[4]);
        _periods.Of(samples, pitch, to[5]);
    }

    /// <summary>Deltas of the smoothed voice, block by block: each sees the frames about it that smoothing and slopes reach to.</summary>
    private void FindVoiceDeltas()
    {
        const int margin = ContourDeltas.Reach + 1;
        var squares = ContourDeltas.FirstSquares;
        for (var first = 0; first < Frames; first += LongRecording.BlockFrames)
        {
            var count = Math.Min(LongRecording.BlockFrames, Frames - first);
            var from = Math.Max(0, first - margin);
            var length = Math.Min(Frames, first + count + margin) - from;
            if (_rows.Length < VoiceCount * length)
            {
                _rows = new float[VoiceCount * (LongRecording.BlockFrames + (2 * margin))];
            }

            var rows = _rows.AsSpan(0, VoiceCount * length);
            for (var d = 0; d < VoiceCount; d++)
            {
                var row = rows.Slice(d * length, length);
                _voice.Read(d, from, row);
                ContourSmoothing.AverageNonZero(row);
            }

            ContourDeltas.VoicedSlopes(rows, length, first - from, ref squares, _voiceDeltas.Add(count));
        }
    }

    private static void Store(ContourBlock to, int descriptor, int frame, int lanes, Vector<float> values)
    {
        var contour = to[descriptor - VoiceCount];
        if (lanes == Vector<float>.Count)
        {
            values.CopyTo(contour[frame..]);
            return;
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            contour[frame + lane] = values[lane];
        }
    }
}
