namespace Undertone.Features.Descriptors;

/// <summary>What the harmonics of a voiced frame say, in dB.</summary>
/// <param name="H1H2">Value <c>logRelF0-H1-H2</c>.</param>
/// <param name="H1A3">Value <c>logRelF0-H1-A3</c>.</param>
/// <param name="A1">The strongest harmonic near the first formant, relative to the fundamental.</param>
/// <param name="A2">The same of the second formant.</param>
/// <param name="A3">The same of the third formant.</param>
internal readonly record struct HarmonicLevels(float H1H2, float H1A3, float A1, float A2, float A3)
{
    /// <summary>The relative amplitude of a formant where nothing vibrates.</summary>
    public const float NoVoice = -201;

    /// <summary>How many values.</summary>
    public const int Count = 5;

    /// <summary>The values of a frame without voice.</summary>
    public static HarmonicLevels Unvoiced => new(0, 0, NoVoice, NoVoice, NoVoice);

    /// <summary>The values in their order.</summary>
    /// <param name="level">From 0.</param>
    public float this[int level] => level switch { 0 => H1H2, 1 => H1A3, 2 => A1, 3 => A2, _ => A3 };
}

/// <summary>
/// Levels of the harmonics: differences of the first ones (Hanson 1997, doi:10.1121/1.417991) and the amplitudes of formants
/// by their strongest harmonic (as in GeMAPS, Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417).
/// </summary>
/// <remarks>
/// A harmonic is the peak of the magnitude spectrum nearest to a multiple of F0 (of two equally near the upper), its height
/// that of a parabola through the peak and its neighbours. As in the reference: "H1" and "H2" of the differences are the
/// second and third harmonic, counted from 0 there; relative levels are taken against the fundamental's peak without
/// the parabola, whose own relative level is 0; a formant's harmonic is the strongest, by its peak without the parabola,
/// within 20 % of the formant's frequency, and 0 dB stands where there is none.
/// </remarks>
internal sealed class HarmonicDifferences
{
    private const int MostHarmonics = 100;
    private const double Near = 0.2;

    private readonly int[] _peaks;
    private readonly float[] _frequency = new float[MostHarmonics];
    private readonly float[] _peak = new float[MostHarmonics];
    private readonly float[] _height = new float[MostHarmonics];
    private readonly double _resolution;
    private readonly int _bins;

    /// <summary>Makes room to work in: one object serves one thread at a time.</summary>
    /// <param name="bins">The number of frequencies from 0 Hz to half the sample rate.</param>
    /// <param name="resolution">Their distance in Hz.</param>
    public HarmonicDifferences(int bins, double resolution)
    {
        (_bins, _resolution) = (bins, resolution);
        _peaks = new int[(bins / 2) + 1];
    }

    /// <summary>The levels of a frame.</summary>
    /// <param name="magnitudes">The magnitude spectrum.</param>
    /// <param name="pitch">F0 in Hz; 0 where there is no voice.</param>
    /// <param name="formants">The first three formants' frequencies in Hz.</param>
    public HarmonicLevels Of(ReadOnlySpan<float> magnitudes, double pitch, ReadOnlySpan<float> formants)
    {
        if (!(pitch > 0))
        {
            return HarmonicLevels.Unvoiced;
        }

        var harmonics = Find(magnitudes, pitch);
        if (harmonics == 0 || !(_peak[0] > 0))
        {
            return new HarmonicLevels(0, 0, 0, 0, 0);
        }

        Span<float> amplitude = stackalloc float[3];
        for (var f = 0; f < amplitude.Length; f++)
        {
            amplitude[f] = Relative(Strongest(harmonics, formants[f]));
        }

        var (first, second) = (harmonics > 1 ? Relative(1) : 0, harmonics > 2 ? Relative(2) : 0);
        return new HarmonicLevels(harmonics > 2 ? first - second : 0, harmonics > 1 ? first - amplitude[2] : 0, amplitude[0], amplitude[1], amplitude[2]);
    }

    private static (float Offset, float Height) Parabola(float below, float at, float above)
    {
        var curvature = below - (2 * at) + above;
        return curvature < 0
            ? (0.5f * (below - above) / curvature, at - ((below - above) * (below - above) / (8 * curvature)))
            : (0, at);
    }

    private float Relative(int harmonic) => harmonic <= 0 ? 0 : 20 * MathF.Log10(Math.Max(_height[harmonic], 1e-10f) / _peak[0]);

    private int Strongest(int harmonics, double formant)
    {
        var (strongest, height) = (-1, 0f);
        var (low, high) = (formant * (1 - Near), formant * (1 + Near));
        for (var h = 0; h < harmonics; h++)
        {
            if (_frequency[h] >= low && _frequency[h] <= high && _peak[h] > height)
            {
                (strongest, height) = (h, _peak[h]);
            }
        }

        return strongest;
    }

    private int Find(ReadOnlySpan<float> magnitudes, double pitch)
    {
        var peaks = 0;
        for (var bin = 1; bin < _bins - 1; bin++)
        {
            if (magnitudes[bin] > magnitudes[bin - 1] && magnitudes[bin] > magnitudes[bin + 1])
            {
                _peaks[peaks++] = bin;
            }
        }

        if (peaks == 0)
        {
            return 0;
        }

        var harmonic = 0;
        var next = 0;
        var highest = (_bins - 2) * _resolution;
        for (; harmonic < MostHarmonics && (harmonic + 1) * pitch < highest; harmonic++)
        {
            var wanted = (int)Math.Round((harmonic + 1) * pitch / _resolution);
            while (next < peaks && _peaks[next] < wanted)
            {
                next++;
            }

            var above = next < peaks ? _peaks[next] : int.MaxValue;
            var below = next > 0 ? _peaks[next - 1] : int.MinValue / 2;
            var bin = (long)above - wanted <= (long)wanted - below ? above : below;
            var (offset, height) = Parabola(magnitudes[bin - 1], magnitudes[bin], magnitudes[bin + 1]);
            _frequency[harmonic] = (float)((bin + offset) * _resolution);
            (_peak[harmonic], _height[harmonic]) = (magnitudes[bin], height);
        }

        return harmonic;
    }
}
