namespace Undertone.Preprocessing;

/// <summary>A filter of second order in transposed direct form II. It remembers: one for each signal.</summary>
internal sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
{
    private const int TableRate = 48000;

    private double _first;
    private double _second;

    /// <summary>b0, b1, b2, a1, a2; a0 is 1.</summary>
    public double[] Coefficients => [b0, b1, b2, a1, a2];

    /// <summary>A high shelf whose middle gain is that of the filter of BS.1770, a little below the geometric mean.</summary>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <param name="frequency">The middle of the slope, in Hz.</param>
    /// <param name="decibels">Gain far above it.</param>
    /// <param name="quality">Q.</param>
    public static Biquad HighShelf(int sampleRate, double frequency, double decibels, double quality)
    {
        var k = Math.Tan(Math.PI * frequency / sampleRate);
        var high = Math.Pow(10, decibels / 20);
        var middle = Math.Pow(high, 0.4996667741545416);
        var a0 = 1 + (k / quality) + (k * k);
        return new Biquad(
            (high + (middle * k / quality) + (k * k)) / a0,
            2 * ((k * k) - high) / a0,
            (high - (middle * k / quality) + (k * k)) / a0,
            2 * ((k * k) - 1) / a0,
            (1 - (k / quality) + (k * k)) / a0);
    }

    /// <summary>The high-pass of BS.1770: its numerator is 1, −2, 1 at 48 kHz, and at other rates so scaled that the gain far above the corner is the same.</summary>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <param name="frequency">The corner, in Hz.</param>
    /// <param name="quality">Q.</param>
    public static Biquad HighPass(int sampleRate, double frequency, double quality)
    {
        static double Leading(double k, double quality) => 1 + (k / quality) + (k * k);
        var k = Math.Tan(Math.PI * frequency / sampleRate);
        var a0 = Leading(k, quality);
        var b = Leading(Math.Tan(Math.PI * frequency / TableRate), quality) / a0;
        return new Biquad(b, -2 * b, b, 2 * ((k * k) - 1) / a0, (1 - (k / quality) + (k * k)) / a0);
    }

    /// <summary>Filters one sample.</summary>
    public double Next(double value)
    {
        var result = (b0 * value) + _first;
        _first = (b1 * value) - (a1 * result) + _second;
        _second = (b2 * value) - (a2 * result);
        return result;
    }
}
