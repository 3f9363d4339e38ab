using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The shift at which a waveform's beginning resembles what follows best: as many samples as the shift are compared with as
/// many behind them, by the correlation coefficient (Titze &amp; Liang 1993, doi:10.1044/jshr.3606.1120). One object serves one
/// thread at a time.
/// </summary>
internal sealed class PeriodMatch
{
    private double[] _sum = [];
    private double[] _square = [];
    private double[] _correlation = [];

    /// <summary>The whole number of samples of the best match.</summary>
    public int Shift { get; private set; }

    /// <summary>The same between samples, by a parabola.</summary>
    public double Length { get; private set; }

    /// <summary>The correlation at the parabola's vertex.</summary>
    public double Correlation { get; private set; }

    /// <summary>The range of a period, without its first and its last sample.</summary>
    /// <param name="period">The samples, more than two.</param>
    public static double Amplitude(ReadOnlySpan<float> period) =>
        (double)TensorPrimitives.Max(period[1..^1]) - TensorPrimitives.Min(period[1..^1]);

    /// <summary>Searches the highest maximum between the ends of the range; false where there is none.</summary>
    /// <param name="samples">At least twice as many as the longest shift.</param>
    /// <param name="shortest">The shortest shift, in samples.</param>
    /// <param name="longest">The longest.</param>
    public bool Find(ReadOnlySpan<float> samples, int shortest, int longest)
    {
        Correlate(samples[..(2 * longest)], shortest, longest);
        Shift = 0;
        for (var i = 1; i < longest - shortest; i++)
        {
            var here = _correlation[i];
            if (here > _correlation[i - 1] && here >= _correlation[i + 1] && (Shift == 0 || here > _correlation[Shift - shortest]))
            {
                Shift = shortest + i;
            }
        }

        if (Shift == 0)
        {
            return false;
        }

        var (left, top, right) = (_correlation[Shift - shortest - 1], _correlation[Shift - shortest], _correlation[Shift - shortest + 1]);
        var offset = 0.5 * (left - right) / (left - (2 * top) + right);
        (Length, Correlation) = (Shift + offset, top - (0.25 * (left - right) * offset));
        return true;
    }

    private void Correlate(ReadOnlySpan<float> samples, int shortest, int longest)
    {
        if (_sum.Length <= samples.Length)
        {
            (_sum, _square, _correlation) = (new double[samples.Length + 1], new double[samples.Length + 1], new double[samples.Length + 1]);
        }

        for (var i = 0; i < samples.Length; i++)
        {
            double value = samples[i];
            (_sum[i + 1], _square[i + 1]) = (_sum[i] + value, _square[i] + (value * value));
        }

        for (var shift = shortest; shift <= longest; shift++)
        {
            double product = TensorPrimitives.Dot(samples[..shift], samples.Slice(shift, shift));
            var (first, second) = (_sum[shift], _sum[2 * shift] - _sum[shift]);
            var covariance = product - (first * second / shift);
            var energy = _square[shift] - (first * first / shift);
            var following = _square[2 * shift] - _square[shift] - (second * second / shift);
            _correlation[shift - shortest] = energy > 0 && following > 0 ? covariance / Math.Sqrt(energy * following) : 0;
        }
    }
}
