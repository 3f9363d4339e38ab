namespace Undertone.Features.Functionals;

/// <summary>
/// Moving averages over three frames, as openSMILE's sets smooth their contours. Beyond the ends the end frames go on.
/// </summary>
internal static class ContourSmoothing
{
    /// <summary>Smooths (<c>sma3</c>).</summary>
    /// <param name="contour">One value a frame; overwritten.</param>
    public static void Average(Span<float> contour)
    {
        if (contour.IsEmpty)
        {
            return;
        }

        var before = contour[0];
        for (var i = 0; i < contour.Length; i++)
        {
            var here = contour[i];
            contour[i] = (before + here + contour[Math.Min(i + 1, contour.Length - 1)]) / 3;
            before = here;
        }
    }

    /// <summary>Smooths where zero means that there is no value (<c>sma3nz</c>): zeros stay, and are left out of averages.</summary>
    /// <param name="contour">One value a frame; overwritten.</param>
    public static void AverageNonZero(Span<float> contour)
    {
        if (contour.IsEmpty)
        {
            return;
        }

        var before = contour[0];
        for (var i = 0; i < contour.Length; i++)
        {
            var here = contour[i];
            var after = contour[Math.Min(i + 1, contour.Length - 1)];
            if (here != 0)
            {
                var count = 1 + (before != 0 ? 1 : 0) + (after != 0 ? 1 : 0);
                contour[i] = (before + here + after) / count;
            }

            before = here;
        }
    }
}
