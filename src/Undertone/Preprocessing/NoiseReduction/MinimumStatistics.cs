namespace Undertone.Preprocessing.NoiseReduction;

/// <summary>
/// Follows the power spectrum of noise under speech by its minima: speech pauses between words and between harmonics, so
/// that over a second and a half each frequency falls to the noise once. Smoothing and bias as in R. Martin 2001, Noise power
/// spectral density estimation based on optimal smoothing and minimum statistics, IEEE Transactions on Speech and Audio
/// Processing 9(5), 504–512 (doi:10.1109/89.928915). It remembers: one for each recording.
/// </summary>
/// <remarks>
/// Constants are those of the paper for a step of 16 ms, which <see cref="Speech.ShortTimeFourier"/> has by default. Variances
/// are kept from zero where the paper divides by them, and by less as more frames were seen, because the first frames know none.
/// </remarks>
public sealed class MinimumStatistics
{
    /// <summary>The frames that a minimum is sought in: 1.5 s.</summary>
    public const int Window = Parts * PartFrames;

    private const int Parts = 8;
    private const int PartFrames = 12;
    private const double StepSeconds = 0.016;
    private const double GreatestSmoothing = 0.96;
    private const double LeastSmoothing = 0.3;
    private const double FallSeconds = 0.064;
    private const double GreatestMomentSmoothing = 0.8;
    private const double VarianceBias = 2.12;
    private const double GreatestInverseFreedom = 0.5;
    private const double LeastInverseFreedom = 1.0 / 14;
    private const double Tiny = 1e-10;

    /// <summary>Table III of the paper: the mean of the minimum of D values, of which M(D) is made.</summary>
    private static readonly (double Length, double Value)[] MeanOfMinimum =
        [(1, 0), (2, 0.26), (5, 0.48), (8, 0.58), (10, 0.61), (15, 0.668), (20, 0.705), (30, 0.762), (40, 0.8), (60, 0.841), (80, 0.865), (120, 0.89), (140, 0.9), (160, 0.91)];

    private static readonly double WholeMean = Mean(Window);
    private static readonly double PartMean = Mean(PartFrames);

    private readonly double[] _smoothed;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _noise;
    private readonly double[] _lowest;
    private readonly double[] _lowestOfPart;
    private readonly double[] _recent;
    private readonly double[] _inverse;
    private readonly double[][] _kept;
    private readonly bool[] _local;
    private double _correction = 1;
    private int _seen;
    private int _inPart = PartFrames;
    private int _part;

    /// <summary>Begins with a recording.</summary>
    /// <param name="bins">Frequencies of a spectrum.</param>
    public MinimumStatistics(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        _smoothed = new double[bins];
        _first = new double[bins];
        _second = new double[bins];
        _noise = new double[bins];
        _lowest = Filled(bins);
        _lowestOfPart = Filled(bins);
        _recent = new double[bins];
        _inverse = new double[bins];
        _kept = [.. Enumerable.Range(0, Parts).Select(_ => Filled(bins))];
        _local = new bool[bins];
    }

    /// <summary>The noise's power at each frequency, as known now.</summary>
    public ReadOnlySpan<double> Noise => _noise;

    /// <summary>Hears one frame.</summary>
    /// <param name="power">The frame's power at each frequency.</param>
    public void Hear(ReadOnlySpan<double> power)
    {
        var bins = _noise.Length;
        if (power.Length != bins)
        {
            throw new ArgumentException($"{power.Length} frequencies; expected {bins}.", nameof(power));
        }

        if (_seen++ == 0)
        {
            for (var k = 0; k < bins; k++)
            {
                _smoothed[k] = _first[k] = _noise[k] = _recent[k] = Math.Max(power[k], Tiny);
                _second[k] = _first[k] * _first[k];
            }
        }

        var meanInverse = Smooth(power);
        var bias = 1 + (VarianceBias * Math.Sqrt(meanInverse));
        var ends = _inPart >= PartFrames;
        var middle = !ends && _inPart > 1;
        var slope = meanInverse < 0.03 ? 8 : meanInverse < 0.05 ? 4 : meanInverse < 0.06 ? 2 : 1.2;
        for (var k = 0; k < bins; k++)
        {
            var value = bias * _smoothed[k];
            var whole = value * MinimumBias(Window, WholeMean, _inverse[k]);
            var isLower = whole < _lowest[k];
            if (isLower)
            {
                _lowest[k] = whole;
                _lowestOfPart[k] = value * MinimumBias(PartFrames, PartMean, _inverse[k]);
            }

            if (middle)
            {
                _local[k] |= isLower;
                _recent[k] = Math.Min(_recent[k], _lowestOfPart[k]);
                _noise[k] = _recent[k];
            }
            else if (ends)
            {
                EndPart(k, isLower, slope);
            }
        }

        if (ends)
        {
            _part = (_part + 1) % Parts;
            _inPart = 0;
        }

        _inPart++;
    }

    private static double[] Filled(int bins) => [.. Enumerable.Repeat(double.PositiveInfinity, bins)];

    /// <summary>M(D), between the table's lengths linear in 1/√D, as which it falls.</summary>
    private static double Mean(int length)
    {
        var above = Array.FindIndex(MeanOfMinimum, m => m.Length >= length);
        var (high, low) = (MeanOfMinimum[above], MeanOfMinimum[Math.Max(0, above - 1)]);
        var share = high.Length == low.Length ? 0 : ((1 / Math.Sqrt(length)) - (1 / Math.Sqrt(low.Length))) / ((1 / Math.Sqrt(high.Length)) - (1 / Math.Sqrt(low.Length)));
        return low.Value + (share * (high.Value - low.Value));
    }

    /// <summary>How far a minimum of so many values lies below their mean.</summary>
    private static double MinimumBias(int length, double mean, double inverseFreedom) =>
        1 + (2 * (length - 1) * (1 - mean) / ((1 / inverseFreedom) - (2 * mean)));

    /// <summary>Smooths the spectrum as strongly as it looks like noise.</summary>
    /// <returns>The mean over frequencies of the inverse degrees of freedom.</returns>
    private double Smooth(ReadOnlySpan<double> power)
    {
        double before = 0, now = 0, noise = 0;
        for (var k = 0; k < power.Length; k++)
        {
            before += _smoothed[k];
            now += Math.Max(power[k], Tiny);
            noise += _noise[k];
        }

        var deviation = (before / now) - 1;
        _correction = (0.7 * _correction) + (0.3 * Math.Max(1 / (1 + (deviation * deviation)), 0.7));
        var least = Math.Min(LeastSmoothing, Math.Pow(before / noise, -StepSeconds / FallSeconds));
        double sum = 0;
        for (var k = 0; k < power.Length; k++)
        {
            var ratio = (_smoothed[k] / _noise[k]) - 1;
            var smoothing = Math.Max(least, GreatestSmoothing * _correction / (1 + (ratio * ratio)));
            _smoothed[k] = (smoothing * _smoothed[k]) + ((1 - smoothing) * Math.Max(power[k], Tiny));
            var moment = Math.Min(smoothing * smoothing, GreatestMomentSmoothing);
            _first[k] = (moment * _first[k]) + ((1 - moment) * _smoothed[k]);
            _second[k] = (moment * _second[k]) + ((1 - moment) * _smoothed[k] * _smoothed[k]);
            var variance = _second[k] - (_first[k] * _first[k]);
            _inverse[k] = Math.Max(Math.Min(variance / (2 * _noise[k] * _noise[k]), GreatestInverseFreedom), LeastInverseFreedom / _seen);
            sum += _inverse[k];
        }

        return sum / power.Length;
    }

    /// <summary>Keeps the part's minimum, and follows noise that rises where a part's own minimum shows it.</summary>
    private void EndPart(int k, bool isLower, double slope)
    {
        _kept[_part][k] = _lowest[k];
        var minimum = double.PositiveInfinity;
        foreach (var part in _kept)
        {
            minimum = Math.Min(minimum, part[k]);
        }

        if (_local[k] && !isLower && _lowestOfPart[k] < slope * minimum && _lowestOfPart[k] > minimum)
        {
            minimum = _lowestOfPart[k];
            foreach (var part in _kept)
            {
                part[k] = minimum;
            }
        }

        _recent[k] = minimum;
        _local[k] = false;
        _lowest[k] = double.PositiveInfinity;
    }
}
