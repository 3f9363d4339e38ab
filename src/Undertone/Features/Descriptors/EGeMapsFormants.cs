using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Formants as eGeMAPSv02's reference computes them. They are not the resonances of the vocal tract (for these see
/// <see cref="FormantTracker"/>): they are kept because thousands of published figures rest on them.
/// </summary>
/// <remarks>
/// The frame's spectrum (20 ms in the middle of 512 samples) is meant to be brought to 11 kHz and predicted with order 11
/// by autocorrelation. Three things differ in the reference, found by comparing values. It keeps the frequencies below
/// 3.4 kHz alone (11/16 of half the frame's 320 samples, where half of the transform's 512 would be right), 0 Hz counted
/// twice. Of the 352 samples of the inverse transform it uses the first 220, so the frame's end is cut. And the roots are
/// taken of the polynomial with the predictor's signs turned, 1 − a₁z⁻¹ − … − aₚz⁻ᵖ where A(z) = 1 + a₁z⁻¹ + … + aₚz⁻ᵖ, so
/// they spread evenly with bandwidths above 1 kHz. What they say of emotion they say through that.
/// </remarks>
internal sealed class EGeMapsFormants
{
    /// <summary>How many formants are given.</summary>
    public const int Count = 3;

    private const int Rate = 11000;
    private const int Order = 11;
    private const int TransformLength = 352;
    private const int KeptBins = 110;
    private const int KeptSamples = 220;
    private const double Lowest = 50;
    private const double Highest = 5450;

    private readonly ComplexFft _fft = new(TransformLength);
    private readonly AlignedBuffer _first = new(2 * TransformLength * Vector<float>.Count);
    private readonly AlignedBuffer _second = new(2 * TransformLength * Vector<float>.Count);
    private readonly float[] _autocorrelation = new float[(Order + 1) * Vector<float>.Count];

    /// <summary>The formants of as many frames as a vector holds.</summary>
    /// <param name="real">Real parts of the spectra, one lane a frequency.</param>
    /// <param name="imaginary">Imaginary parts.</param>
    /// <param name="count">The number of frames wanted, at most a vector's.</param>
    /// <param name="frequencies">Receives <see cref="Count"/> frequencies in Hz a frame; 0 where there are fewer or all is silence.</param>
    /// <param name="bandwidths">Receives their bandwidths in Hz.</param>
    public void Of(ReadOnlySpan<VectorLane> real, ReadOnlySpan<VectorLane> imaginary, int count, Span<float> frequencies, Span<float> bandwidths)
    {
        Autocorrelation(real, imaginary);
        Span<double> lags = stackalloc double[Order + 1];
        Span<double> filter = stackalloc double[Order + 1];
        for (var frame = 0; frame < count; frame++)
        {
            for (var lag = 0; lag <= Order; lag++)
            {
                lags[lag] = _autocorrelation[(lag * Vector<float>.Count) + frame];
            }

            if (LinearPrediction.Solve(lags, filter) > 0)
            {
                for (var i = 1; i <= Order; i++)
                {
                    filter[i] = -filter[i];
                }
            }

            Resonances.Of(filter, Rate, Lowest, Highest, frequencies.Slice(frame * Count, Count), bandwidths.Slice(frame * Count, Count));
        }
    }

    private void Autocorrelation(ReadOnlySpan<VectorLane> real, ReadOnlySpan<VectorLane> imaginary)
    {
        // The forward transform of the conjugate is the conjugate of the inverse transform; its real part is wanted.
        var first = _first.Lanes;
        var second = _second.Lanes;
        var minus = new VectorLane(Vector<float>.Zero);
        for (var bin = 0; bin < KeptBins; bin++)
        {
            (first[2 * bin], first[(2 * bin) + 1]) = (real[bin], minus - imaginary[bin]);
        }

        first[(2 * KeptBins)..].Clear();
        _fft.Forward(first, second);
        var z = _fft.ResultInSecond ? second : first;
        for (var n = 0; n < KeptSamples; n++)
        {
            z[n] = z[2 * n];
        }

        // Four lags at a time stay in registers.
        for (var lag = 0; lag <= Order; lag += 4)
        {
            var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            var whole = KeptSamples - lag - 3;
            for (var n = 0; n < whole; n++)
            {
                var value = z[n].Value;
                a = Vector.FusedMultiplyAdd(value, z[n + lag].Value, a);
                b = Vector.FusedMultiplyAdd(value, z[n + lag + 1].Value, b);
                c = Vector.FusedMultiplyAdd(value, z[n + lag + 2].Value, c);
                d = Vector.FusedMultiplyAdd(value, z[n + lag + 3].Value, d);
            }

            a += (z[whole].Value * z[whole + lag].Value) + (z[whole + 1].Value * z[whole + 1 + lag].Value) + (z[whole + 2].Value * z[whole + 2 + lag].Value);
            b += (z[whole].Value * z[whole + lag + 1].Value) + (z[whole + 1].Value * z[whole + lag + 2].Value);
            c += z[whole].Value * z[whole + lag + 2].Value;
            a.CopyTo(_autocorrelation, lag * Vector<float>.Count);
            b.CopyTo(_autocorrelation, (lag + 1) * Vector<float>.Count);
            c.CopyTo(_autocorrelation, (lag + 2) * Vector<float>.Count);
            d.CopyTo(_autocorrelation, (lag + 3) * Vector<float>.Count);
        }
    }
}
