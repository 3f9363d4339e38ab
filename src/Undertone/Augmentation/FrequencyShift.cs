using Undertone.Features;

namespace Undertone.Augmentation;

/// <summary>
/// Another voice: the bands of a mel spectrogram are moved up or down by a distance drawn uniformly from
/// ± <paramref name="range"/> bands, interpolated linearly, the edge bands repeated. On the mel scale this is close
/// to a change of pitch and vocal-tract length together.
/// </summary>
/// <param name="range">The greatest shift, in bands.</param>
/// <param name="bands">Bands of one spectrogram; a frame may hold several of them (deltas), each shifted alike.</param>
public sealed class FrequencyShift(double range, int bands) : FeatureAugmentation
{
    /// <inheritdoc/>
    public override FeatureMatrix Apply(FeatureMatrix features, SeededRandom random)
    {
        var shift = range * ((2 * random.NextDouble()) - 1);
        var shifted = new FeatureMatrix(new float[features.Values.Length], features.Frames, features.Dimensions);
        var from = new int[bands];
        var weights = new float[bands];
        for (var b = 0; b < bands; b++)
        {
            var position = Math.Clamp(b + shift, 0, bands - 1);
            from[b] = (int)position;
            weights[b] = (float)(position - from[b]);
        }

        for (var t = 0; t < features.Frames; t++)
        {
            for (var group = 0; group < features.Dimensions; group += bands)
            {
                var source = features[t].Slice(group, bands);
                var target = shifted[t].Slice(group, bands);
                for (var b = 0; b < bands; b++)
                {
                    var low = source[from[b]];
                    target[b] = low + (weights[b] * (source[Math.Min(from[b] + 1, bands - 1)] - low));
                }
            }
        }

        return shifted;
    }
}
