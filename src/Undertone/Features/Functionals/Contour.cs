namespace Undertone.Features.Functionals;

/// <summary>
/// A descriptor's values over time, with what several functionals need of them computed once. One object serves one
/// contour after the other, and one thread at a time; its memory grows to the longest contour it has held.
/// </summary>
public sealed class Contour
{
    /// <summary>The frames a second that times and slopes are measured with: descriptors have a step of 10 ms.</summary>
    public const double FramesPerSecond = 100;

    private float[] _values = [];
    private float[] _sorted = [];
    private bool _isSorted;

    /// <summary>The values in their order.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    /// <summary>How many values.</summary>
    public int Count { get; private set; }

    /// <summary>The least value; 0 of an empty contour.</summary>
    public float Minimum { get; private set; }

    /// <summary>The greatest value; 0 of an empty contour.</summary>
    public float Maximum { get; private set; }

    /// <summary>The frame of the first of the least values.</summary>
    public int MinimumAt { get; private set; }

    /// <summary>The frame of the first of the greatest values.</summary>
    public int MaximumAt { get; private set; }

    /// <summary>The mean; 0 of an empty contour.</summary>
    public double Mean { get; private set; }

    /// <summary>The greatest value less the least.</summary>
    public double Range => (double)Maximum - Minimum;

    /// <summary>The values from the least to the greatest.</summary>
    public ReadOnlySpan<float> Sorted
    {
        get
        {
            if (!_isSorted)
            {
                Values.CopyTo(_sorted);
                _sorted.AsSpan(0, Count).Sort();
                _isSorted = true;
            }

            return _sorted.AsSpan(0, Count);
        }
    }

    /// <summary>Takes a contour in.</summary>
    /// <param name="values">Finite values, one a frame.</param>
    /// <param name="nonZeroOnly">Whether zeros are left out and the rest joined: a voice's descriptors are 0 where there is none.</param>
    public void Load(ReadOnlySpan<float> values, bool nonZeroOnly)
    {
        if (_values.Length < values.Length)
        {
            _values = new float[values.Length];
            _sorted = new float[values.Length];
        }

        _isSorted = false;
        Count = 0;
        (Minimum, Maximum, MinimumAt, MaximumAt) = (0, 0, 0, 0);
        var sum = 0.0;
        foreach (var value in values)
        {
            if (nonZeroOnly && value == 0)
            {
                continue;
            }

            if (Count == 0 || value < Minimum)
            {
                (Minimum, MinimumAt) = (value, Count);
            }

            if (Count == 0 || value > Maximum)
            {
                (Maximum, MaximumAt) = (value, Count);
            }

            _values[Count++] = value;
            sum += value;
        }

        Mean = Count == 0 ? 0 : sum / Count;
    }
}
