using Undertone.Features;

namespace Undertone.Augmentation;

/// <summary>
/// Another speaking rate: frames are interpolated linearly to a length divided by a factor drawn uniformly from
/// [1 - <paramref name="range"/>, 1 + <paramref name="range"/>].
/// </summary>
/// <param name="range">The greatest relative change, in [0, 1).</param>
public sealed class TimeStretch(double range) : FeatureAugmentation
{
    /// <summary>The shortest result, in frames.</summary>
    private const int ShortestFrames = 16;

    /// <inheritdoc/>
    public override FeatureMatrix Apply(FeatureMatrix features, SeededRandom random)
    {
        var factor = 1 + (range * ((2 * random.NextDouble()) - 1));
        var frames = Math.Max(Math.Min(ShortestFrames, features.Frames), (int)Math.Round(features.Frames / factor));
        var stretched = new FeatureMatrix(new float[frames * features.Dimensions], frames, features.Dimensions);
        for (var t = 0; t < frames; t++)
        {
            // Frame centres are mapped onto frame centres.
            var position = Math.Clamp(((t + 0.5) * features.Frames / frames) - 0.5, 0, features.Frames - 1);
            var before = (int)position;
            var weight = (float)(position - before);
            var left = features[before];
            var right = features[Math.Min(before + 1, features.Frames - 1)];
            var target = stretched[t];
            for (var d = 0; d < target.Length; d++)
            {
                target[d] = left[d] + (weight * (right[d] - left[d]));
            }
        }

        return stretched;
    }
}
