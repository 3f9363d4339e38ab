using System.Numerics.Tensors;
using Undertone.Torch;
using Tensor = Undertone.Torch.Tensor;

namespace Undertone.Models.Networks;

/// <summary>
/// The segments that stand for an utterance: its segments are clustered by k-means whose similarity is a radial basis function,
/// exp(−γ ‖x − c‖²), and of each cluster the segment most like its centre is kept. After Mustaqeem, Sajjad &amp; Kwon 2020,
/// doi:10.1109/ACCESS.2020.2990405; what the paper leaves open is ours.
/// </summary>
/// <remarks>
/// Clusters begin at segments evenly spread over the utterance, so that nothing is left to chance. γ is 1 / the mean squared
/// distance of segments to their mean. Centres are means weighted by similarity.
/// </remarks>
public static class KeySegments
{
    private const int Iterations = 10;

    /// <summary>Chooses.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <param name="segments">How each utterance is cut.</param>
    /// <param name="share">Clusters, as a share of an utterance's segments in (0, 1]; at least one.</param>
    /// <returns>The kept segments, in order of time; at most as many as clusters.</returns>
    public static FrameSegments Of(Tensor features, FrameSegments segments, double share)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(segments);
        var (frames, dimensions) = ((int)features.Size(1), (int)features.Size(2));
        var values = features.Detach().To(Device.Cpu).ToArray<float>();
        return segments.Keep([.. segments.Starts.Select((starts, n) =>
        {
            float[][] vectors = [.. starts.Select(s => values.AsSpan(((n * frames) + s) * dimensions, segments.Length * dimensions).ToArray())];
            return Choose(vectors, Math.Max(1, (int)Math.Round(share * vectors.Length, MidpointRounding.AwayFromZero)));
        })]);
    }

    /// <summary>Clusters vectors and chooses the one nearest to each cluster's centre.</summary>
    /// <param name="vectors">S vectors of one length, at least one.</param>
    /// <param name="clusters">1 to S.</param>
    /// <returns>Indices in rising order.</returns>
    public static int[] Choose(IReadOnlyList<float[]> vectors, int clusters)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, vectors.Count);
        var centres = Enumerable.Range(0, clusters).Select(k => (float[])vectors[((2 * k) + 1) * vectors.Count / (2 * clusters)].Clone()).ToArray();
        var gamma = Gamma(vectors);
        var similarities = new double[vectors.Count][];
        int[]? owners = null;
        for (var i = 0; i < Iterations; i++)
        {
            similarities = [.. vectors.Select(v => centres.Select(c => Math.Exp(-gamma * Math.Pow(TensorPrimitives.Distance(v, c), 2))).ToArray())];
            int[] next = [.. similarities.Select(s => Array.IndexOf(s, s.Max()))];
            if (owners is not null && next.SequenceEqual(owners))
            {
                break;
            }

            owners = next;
            for (var k = 0; k < clusters; k++)
            {
                Centre(vectors, similarities, owners, k, centres[k]);
            }
        }

        return [.. Enumerable.Range(0, vectors.Count).GroupBy(i => owners![i]).Select(g => g.MaxBy(i => similarities[i][g.Key])).Order()];
    }

    /// <summary>Moves a centre to the mean of its cluster, weighted by similarity; one without a cluster stays.</summary>
    private static void Centre(IReadOnlyList<float[]> vectors, double[][] similarities, int[] owners, int cluster, float[] centre)
    {
        var total = 0.0;
        var sum = new double[centre.Length];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (owners[i] != cluster)
            {
                continue;
            }

            var weight = similarities[i][cluster];
            total += weight;
            for (var d = 0; d < sum.Length; d++)
            {
                sum[d] += weight * vectors[i][d];
            }
        }

        for (var d = 0; total > 0 && d < sum.Length; d++)
        {
            centre[d] = (float)(sum[d] / total);
        }
    }

    private static double Gamma(IReadOnlyList<float[]> vectors)
    {
        var mean = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(mean, vector, mean);
        }

        TensorPrimitives.Divide(mean, vectors.Count, mean);
        var spread = vectors.Average(v => Math.Pow(TensorPrimitives.Distance(v, mean), 2));
        return spread > 0 ? 1 / spread : 1;
    }
}
