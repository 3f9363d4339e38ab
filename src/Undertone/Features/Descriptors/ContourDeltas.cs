namespace Undertone.Features.Descriptors;

/// <summary>
/// Deltas of contours: the slope of a straight line through five frames (Young et al., The HTK Book, 2006, section 5.9), the
/// first and last frame standing in for the ones beyond.
/// </summary>
internal static class ContourDeltas
{
    /// <summary>The divisor of <see cref="VoicedSlopes"/> before the first frame.</summary>
    public const double FirstSquares = 2 * Squares;

    /// <summary>The frames on either side that a slope sees.</summary>
    public const int Reach = 2;

    // Σk² for k = 1, 2.
    private const float Squares = 5;

    /// <summary>The slope per frame (<c>de</c>).</summary>
    /// <param name="values">The contour.</param>
    /// <param name="to">Receives as many values.</param>
    public static void Slope(ReadOnlySpan<float> values, Span<float> to)
    {
        for (var i = 0; i < values.Length; i++)
        {
            to[i] = (Step(values, i, 1) + (2 * Step(values, i, 2))) / (2 * Squares);
        }
    }

    /// <summary>
    /// The slopes of a voice's descriptors, which are 0 where there is no voice: only pairs of frames count that are both
    /// voiced.
    /// </summary>
    /// <remarks>
    /// In the ComParE sets the divisor is the sum of the squared distances of all pairs used so far, in this frame and all
    /// before, over all descriptors together; so these deltas fade as an utterance goes on. They are kept so, that values
    /// agree with what is published.
    /// </remarks>
    /// <param name="contours">The descriptors' contours, one behind the other.</param>
    /// <param name="length">How many frames of each: the recording's, or those wanted and two on either side that has so many.</param>
    /// <param name="first">The first frame wanted.</param>
    /// <param name="squares">The divisor so far: <see cref="FirstSquares"/> at the recording's beginning.</param>
    /// <param name="to">Receives the slopes.</param>
    public static void VoicedSlopes(ReadOnlySpan<float> contours, int length, int first, ref double squares, ContourBlock to)
    {
        var count = length == 0 ? 0 : contours.Length / length;
        for (var frame = 0; frame < to.Frames; frame++)
        {
            var i = first + frame;
            for (var c = 0; c < count; c++)
            {
                var values = contours.Slice(c * length, length);
                var sum = 0f;
                for (var k = 1; k <= Reach; k++)
                {
                    if (values[Math.Max(0, i - k)] != 0 && values[Math.Min(length - 1, i + k)] != 0)
                    {
                        sum += k * Step(values, i, k);
                        squares += k * k;
                    }
                }

                to[c][frame] = (float)(sum / squares);
            }
        }
    }

    private static float Step(ReadOnlySpan<float> values, int i, int k) =>
        values[Math.Min(values.Length - 1, i + k)] - values[Math.Max(0, i - k)];
}
