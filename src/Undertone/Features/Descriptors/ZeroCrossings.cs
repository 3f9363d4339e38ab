namespace Undertone.Features.Descriptors;

/// <summary>
/// The zero-crossing rate: changes of sign over the frame's samples. A sample that is exactly zero counts as a change where
/// its neighbours do not have one sign, so that digital silence crosses at every sample.
/// </summary>
internal static class ZeroCrossings
{
    /// <summary>The rates of frames.</summary>
    /// <param name="samples">The audio, at least as long as the frames reach.</param>
    /// <param name="frameLength">In samples, a multiple of the hop.</param>
    /// <param name="hop">The distance between frames in samples.</param>
    /// <param name="rates">Receives one value a frame.</param>
    public static void Rates(ReadOnlySpan<float> samples, int frameLength, int hop, Span<float> rates)
    {
        // Counted once a hop; a frame's first and last sample have a neighbour outside it and count not.
        var hops = frameLength / hop;
        Span<int> counts = stackalloc int[hops];
        var sum = 0;
        for (var h = 0; h < rates.Length + hops - 1; h++)
        {
            var count = 0;
            for (var i = Math.Max(1, h * hop); i < Math.Min(samples.Length - 1, (h + 1) * hop); i++)
            {
                count += Crosses(samples, i) ? 1 : 0;
            }

            sum += count - (h >= hops ? counts[h % hops] : 0);
            counts[h % hops] = count;
            var frame = h - hops + 1;
            if (frame >= 0)
            {
                var (first, last) = (frame * hop, (frame * hop) + frameLength - 1);
                var outside = (first > 0 && Crosses(samples, first) ? 1 : 0) + (last < samples.Length - 1 && Crosses(samples, last) ? 1 : 0);
                rates[frame] = (float)(sum - outside) / frameLength;
            }
        }
    }

    private static bool Crosses(ReadOnlySpan<float> samples, int i) =>
        samples[i] == 0 ? samples[i - 1] * samples[i + 1] <= 0 : samples[i] * samples[i - 1] < 0;
}
