using System.Numerics;
using System.Runtime.InteropServices;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Candidates of F0 by sub-harmonic summation: the magnitude spectrum, reduced to its peaks, over a logarithmic axis, added
/// to itself at the distances of the harmonics (Hermes 1988, doi:10.1121/1.396427). Works on as many frames at a time as
/// a vector of the processor holds; one object serves one thread at a time.
/// </summary>
/// <remarks>
/// Settings are those of GeMAPS: 15 harmonics, each 0.85 times the one before, from 25 Hz to half the sample rate on as many
/// points as the spectrum has. The distance of harmonic h is ⌊log₂h · points / octaves⌋, one point an axis denser than the
/// axis is, as in the reference; the ear's weighting has its middle at 32 Hz, which agrees with the reference's values.
/// </remarks>
internal sealed class SubharmonicSummation
{
    /// <summary>How many candidates a frame has.</summary>
    public const int Candidates = 6;

    private const int Harmonics = 15;
    private const double Compression = 0.85;
    private const double LowestPoint = 25;
    private const double WeightMiddle = 32;

    // A peak is kept with this many frequencies on either side.
    private const int PeakReach = 2;

    // Points of the axis that are summed together.
    private const int SideBySide = 4;

    private readonly int _bins;
    private readonly int[] _shift;
    private readonly float[] _height;
    private readonly float[] _lower;
    private readonly float[] _scale;
    private readonly float[] _upper;
    private readonly float[] _leftSlope;
    private readonly float[] _rightSlope;
    private readonly int[] _interval;
    private readonly float[] _weights;
    private readonly double _step;
    private readonly Vector<int>[] _peak;
    private readonly Vector<float>[] _spectrum;
    private readonly Vector<float>[] _work;
    private readonly Vector<float>[] _octave;
    private readonly Vector<float>[] _sum;

    /// <summary>Plans the summation.</summary>
    /// <param name="bins">The number of frequencies from 0 Hz to half the sample rate.</param>
    /// <param name="sampleRate">In Hz.</param>
    public SubharmonicSummation(int bins, int sampleRate)
    {
        _bins = bins;
        var octaves = Math.Log2(sampleRate / 2.0 / LowestPoint);
        _step = octaves / (bins - 1);
        _shift = [.. Enumerable.Range(1, Harmonics).Select(h => (int)(Math.Log2(h) * bins / octaves))];
        _height = [.. Enumerable.Range(0, Harmonics).Select(h => (float)Math.Pow(Compression, h))];
        (_peak, _spectrum, _work, _octave) = (new Vector<int>[bins], new Vector<float>[bins], new Vector<float>[bins], new Vector<float>[bins + SideBySide]);
        _sum = new Vector<float>[bins + SideBySide];

        // A natural cubic spline through the frequencies from bin 1 on, over log₂ f: the tridiagonal system is solved
        // once here but for the right-hand side.
        var resolution = sampleRate / 2.0 / (bins - 1);
        var x = Enumerable.Range(0, bins).Select(k => Math.Log2(Math.Max(k, 0.5) * resolution)).ToArray();
        (_lower, _scale, _upper) = (new float[bins], new float[bins], new float[bins]);
        (_leftSlope, _rightSlope) = (new float[bins], new float[bins]);
        var carried = 0.0;
        for (var k = 2; k < bins - 1; k++)
        {
            var (left, right) = (x[k] - x[k - 1], x[k + 1] - x[k]);
            var pivot = (2 * (left + right)) - (left * carried);
            carried = right / pivot;
            (_lower[k], _scale[k], _upper[k]) = ((float)left, (float)(1 / pivot), (float)carried);
            (_leftSlope[k], _rightSlope[k]) = ((float)(6 / left), (float)(6 / right));
        }

        _interval = new int[bins];
        _weights = new float[bins * 4];
        for (var i = 0; i < bins; i++)
        {
            var at = Math.Log2(LowestPoint) + (i * _step);
            var k = Math.Clamp((int)(Math.Pow(2, at) / resolution), 1, bins - 2);
            var width = x[k + 1] - x[k];
            var (a, b) = ((x[k + 1] - at) / width, (at - x[k]) / width);
            var ear = 0.5 + (Math.Atan(3 * (at - Math.Log2(WeightMiddle))) / Math.PI);
            _interval[i] = k;
            (_weights[4 * i], _weights[(4 * i) + 1]) = ((float)(ear * a), (float)(ear * b));
            _weights[(4 * i) + 2] = (float)(ear * ((a * a * a) - a) * width * width / 6);
            _weights[(4 * i) + 3] = (float)(ear * ((b * b * b) - b) * width * width / 6);
        }
    }

    /// <summary>Finds candidates.</summary>
    /// <param name="power">Power spectra, one lane a frequency.</param>
    /// <param name="count">The number of frames wanted, at most a vector's.</param>
    /// <param name="lowest">The lowest F0, in Hz.</param>
    /// <param name="highest">The highest F0, in Hz.</param>
    /// <param name="frequencies">Receives <see cref="Candidates"/> frequencies in Hz a frame, the strongest first; 0 where there are fewer.</param>
    /// <param name="voicing">Receives how far each stands out: 1 − mean / height of the summed spectrum.</param>
    public void Of(ReadOnlySpan<VectorLane> power, int count, double lowest, double highest, Span<float> frequencies, Span<float> voicing)
    {
        KeepPeaks(power);
        Spline();
        Pick(count, Sum(), (lowest, highest), frequencies, voicing);
    }

    /// <summary>Adds the harmonics, and returns the mean of the sums.</summary>
    private Vector<float> Sum()
    {
        // Points side by side, so that no sum waits for the last one's; behind the axis' end there are zeros.
        var mean = Vector<float>.Zero;
        for (var i = 0; i < _bins; i += SideBySide)
        {
            var (first, second, third, fourth) = (_octave[i], _octave[i + 1], _octave[i + 2], _octave[i + 3]);
            for (var h = 1; h < Harmonics && i + _shift[h] < _bins; h++)
            {
                var height = new Vector<float>(_height[h]);
                var from = _octave.AsSpan(i + _shift[h], SideBySide);
                first = Vector.FusedMultiplyAdd(from[0], height, first);
                second = Vector.FusedMultiplyAdd(from[1], height, second);
                third = Vector.FusedMultiplyAdd(from[2], height, third);
                fourth = Vector.FusedMultiplyAdd(from[3], height, fourth);
            }

            (_sum[i], _sum[i + 1], _sum[i + 2], _sum[i + 3]) = (first, second, third, fourth);
            mean += first;
            mean += second;
            mean += third;
            mean += fourth;
        }

        return mean * new Vector<float>(1f / _bins);
    }

    /// <summary>
    /// Leaves peaks and their neighbours of the magnitude spectrum, and what is below the first of them as it is; smooths
    /// what is left.
    /// </summary>
    private void KeepPeaks(ReadOnlySpan<VectorLane> power)
    {
        var last = _bins - 1;
        for (var k = 0; k <= last; k++)
        {
            _work[k] = Vector.SquareRoot(power[k].Value);
        }

        _peak[0] = Vector.GreaterThan(_work[0], _work[1]);
        _peak[last] = Vector.GreaterThan(_work[last], _work[last - 1]);
        for (var k = 1; k < last; k++)
        {
            _peak[k] = Vector.GreaterThan(_work[k], _work[k - 1]) & Vector.GreaterThanOrEqual(_work[k], _work[k + 1]);
        }

        var before = Vector<int>.AllBitsSet;
        for (var k = 0; k <= last; k++)
        {
            before = Vector.AndNot(before, _peak[k]);
            var near = _peak[k] | before;
            for (var d = 1; d <= PeakReach; d++)
            {
                near |= _peak[Math.Max(0, k - d)] | _peak[Math.Min(last, k + d)];
            }

            _octave[k] = Vector.ConditionalSelect(near, _work[k], Vector<float>.Zero);
        }

        (_spectrum[0], _spectrum[last]) = (_octave[0], _octave[last]);
        for (var k = 1; k < last; k++)
        {
            _spectrum[k] = (_octave[k] * new Vector<float>(0.5f)) + ((_octave[k - 1] + _octave[k + 1]) * new Vector<float>(0.25f));
        }
    }

    /// <summary>Brings the spectrum to the octave axis, weighted as the ear does.</summary>
    private void Spline()
    {
        var last = _bins - 1;
        (_work[1], _work[last]) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var k = 2; k < last; k++)
        {
            var bend = ((_spectrum[k + 1] - _spectrum[k]) * new Vector<float>(_rightSlope[k])) - ((_spectrum[k] - _spectrum[k - 1]) * new Vector<float>(_leftSlope[k]));
            _work[k] = (bend - (_work[k - 1] * new Vector<float>(_lower[k]))) * new Vector<float>(_scale[k]);
        }

        for (var k = last - 1; k > 1; k--)
        {
            _work[k] -= _work[k + 1] * new Vector<float>(_upper[k]);
        }

        for (var i = 0; i < _bins; i++)
        {
            var k = _interval[i];
            var weights = _weights.AsSpan(4 * i, 4);
            var value = _spectrum[k] * new Vector<float>(weights[0]);
            value = Vector.FusedMultiplyAdd(_spectrum[k + 1], new Vector<float>(weights[1]), value);
            value = Vector.FusedMultiplyAdd(_work[k], new Vector<float>(weights[2]), value);
            value = Vector.FusedMultiplyAdd(_work[k + 1], new Vector<float>(weights[3]), value);
            _octave[i] = Vector.Max(value, Vector<float>.Zero);
        }
    }

    /// <summary>Takes the highest peaks of each frame's sums, and of these the ones that are an F0.</summary>
    private void Pick(int count, Vector<float> mean, (double Lowest, double Highest) range, Span<float> frequencies, Span<float> voicing)
    {
        var lanes = Vector<float>.Count;
        Span<Vector<float>> heights = stackalloc Vector<float>[Candidates];
        Span<Vector<float>> places = stackalloc Vector<float>[Candidates];
        heights.Clear();
        var height = MemoryMarshal.Cast<Vector<float>, float>(heights);
        var place = MemoryMarshal.Cast<Vector<float>, float>(places);

        // The highest peaks of the whole axis: where none of them is an F0, as in many fricatives, there is no candidate.
        for (var i = 1; i < _bins - 1; i++)
        {
            var (below, here, above) = (_sum[i - 1], _sum[i], _sum[i + 1]);
            var peak = Vector.GreaterThan(here, below) & Vector.GreaterThanOrEqual(here, above);
            if (peak == Vector<int>.Zero)
            {
                continue;
            }

            // A parabola through the peak and its neighbours: its vertex.
            var slope = below - above;
            var offset = slope * new Vector<float>(0.5f) / (below - (here + here) + above);
            var top = here - (slope * new Vector<float>(0.25f) * offset);
            peak &= Vector.GreaterThan(top, heights[^1]);
            if (peak == Vector<int>.Zero)
            {
                continue;
            }

            for (var frame = 0; frame < count; frame++)
            {
                if (peak[frame] == 0)
                {
                    continue;
                }

                var at = Candidates - 1;
                for (; at > 0 && height[((at - 1) * lanes) + frame] < top[frame]; at--)
                {
                    height[(at * lanes) + frame] = height[((at - 1) * lanes) + frame];
                    place[(at * lanes) + frame] = place[((at - 1) * lanes) + frame];
                }

                (height[(at * lanes) + frame], place[(at * lanes) + frame]) = (top[frame], i + offset[frame]);
            }
        }

        frequencies[..(count * Candidates)].Clear();
        voicing[..(count * Candidates)].Clear();
        for (var frame = 0; frame < count; frame++)
        {
            var to = frame * Candidates;
            for (var at = frame; at < height.Length && height[at] > 0; at += lanes)
            {
                var frequency = (float)(LowestPoint * Math.Pow(2, place[at] * _step));
                if (frequency >= range.Lowest && frequency <= range.Highest)
                {
                    (frequencies[to], voicing[to]) = (frequency, 1 - (mean[frame] / height[at]));
                    to++;
                }
            }
        }
    }
}
