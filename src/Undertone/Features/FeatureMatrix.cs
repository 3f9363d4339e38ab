namespace Undertone.Features;

/// <summary>A sequence of feature vectors: one row a frame.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Wraps values without copying them.</summary>
    /// <param name="values">Row-major values, length <paramref name="frames"/> × <paramref name="dimensions"/>.</param>
    /// <param name="frames">The number of frames (rows).</param>
    /// <param name="dimensions">The number of values a frame (columns).</param>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public FeatureMatrix(float[] values, int frames, int dimensions)
    {
        if (values.Length != (long)frames * dimensions)
        {
            throw new ArgumentException($"{values.Length} values cannot form {frames} frames of {dimensions}.", nameof(values));
        }

        Values = values;
        Frames = frames;
        Dimensions = dimensions;
    }

    /// <summary>Row-major values: frame f, dimension d is at f × <see cref="Dimensions"/> + d.</summary>
    public float[] Values { get; }

    /// <summary>The number of frames.</summary>
    public int Frames { get; }

    /// <summary>The number of values a frame.</summary>
    public int Dimensions { get; }

    /// <summary>One frame.</summary>
    /// <param name="frame">Its index, from 0.</param>
    public Span<float> this[int frame] => Values.AsSpan(frame * Dimensions, Dimensions);
}
