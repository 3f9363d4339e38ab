using Undertone.Features;

namespace Undertone.Augmentation;

/// <summary>
/// Trains on weighted sums of two utterances and of their labels (Zhang, Cissé, Dauphin, Lopez-Paz 2018,
/// arXiv:1710.09412), on half of the batches.
/// </summary>
/// <param name="alpha">Both parameters of the Beta distribution that weights are drawn from; greater than 0.</param>
public sealed class Mixup(double alpha)
{
    private const double Share = 0.5;

    /// <summary>Draws one batch's weight and partners.</summary>
    /// <param name="count">Utterances in the batch.</param>
    /// <param name="random">Where the choices come from.</param>
    /// <returns>The weight of each utterance itself, in [0.5, 1], and the index of its partner; null where the batch stays as it is.</returns>
    public (double Weight, int[] Partners)? Draw(int count, SeededRandom random)
    {
        if (random.NextDouble() >= Share)
        {
            return null;
        }

        var weight = Beta(random);
        var partners = Enumerable.Range(0, count).ToArray();
        random.Shuffle(partners.AsSpan());
        return (Math.Max(weight, 1 - weight), partners);
    }

    /// <summary>The weighted sum of two sequences; the shorter one counts as zero beyond its end, the mean of normalised features.</summary>
    /// <param name="own">Weighted by <paramref name="weight"/>.</param>
    /// <param name="partner">Weighted by the rest.</param>
    /// <param name="weight">In [0, 1].</param>
    public static FeatureMatrix Mix(FeatureMatrix own, FeatureMatrix partner, double weight)
    {
        var frames = Math.Max(own.Frames, partner.Frames);
        var values = new float[frames * own.Dimensions];
        for (var i = 0; i < own.Values.Length; i++)
        {
            values[i] = (float)(weight * own.Values[i]);
        }

        for (var i = 0; i < partner.Values.Length; i++)
        {
            values[i] += (float)((1 - weight) * partner.Values[i]);
        }

        return new FeatureMatrix(values, frames, own.Dimensions);
    }

    // Jöhnk's method (1964): exact, and quick for the small parameters that mixup uses.
    private double Beta(SeededRandom random)
    {
        while (true)
        {
            var x = Math.Pow(random.NextDouble(), 1 / alpha);
            var y = Math.Pow(random.NextDouble(), 1 / alpha);
            if (x + y is > 0 and <= 1)
            {
                return x / (x + y);
            }
        }
    }
}
