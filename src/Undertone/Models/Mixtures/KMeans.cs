using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// Clusters of frames: k-means++ seeds (Arthur &amp; Vassilvitskii 2007, k-means++: the advantages of careful seeding,
/// SODA) and Lloyd's iterations (1982, doi:10.1109/TIT.1982.1056489). Dimensions are weighed by the inverse of their
/// variance, so that none rules by its unit.
/// </summary>
internal static class KMeans
{
    /// <summary>Clusters frames.</summary>
    /// <param name="frames">N frames.</param>
    /// <param name="clusters">The greatest number of clusters; frames of fewer kinds have fewer.</param>
    /// <param name="iterations">Lloyd's iterations, at least 1.</param>
    /// <param name="random">Chooses the seeds.</param>
    /// <returns>The cluster of each frame, and how many clusters there are; none of them is empty.</returns>
    public static (int[] Assignments, int Clusters) Cluster(PackedFrames frames, int clusters, int iterations, SeededRandom random)
    {
        var scale = new Vector256<double>[frames.Stride];
        var weights = MemoryMarshal.Cast<Vector256<double>, double>(scale.AsSpan());
        var variances = frames.VarianceFloor(1);
        for (var d = 0; d < frames.Dimensions; d++)
        {
            weights[d] = 1 / variances[d];
        }

        var centres = Seeds(frames, clusters, scale, random);
        var assignments = new int[frames.Count];
        for (var i = 0; i < iterations; i++)
        {
            // Of Gaussians of one shape, the likeliest is the nearest.
            var gaussians = new DiagonalGaussians([.. centres.Select(c => Values(c, frames.Dimensions))], [.. centres.Select(_ => variances)]);
            var logs = new double[centres.Count];
            for (var f = 0; f < frames.Count; f++)
            {
                gaussians.LogDensities(frames[f], logs);
                assignments[f] = Array.IndexOf(logs, logs.Max());
            }

            centres = Centres(frames, assignments, centres.Count);
        }

        return (assignments, centres.Count);
    }

    /// <summary>Draws frames far from those drawn already: each with a probability of its squared distance to the nearest.</summary>
    private static List<Vector256<double>[]> Seeds(PackedFrames frames, int clusters, Vector256<double>[] scale, SeededRandom random)
    {
        var centres = new List<Vector256<double>[]> { frames[random.NextInt(frames.Count)].ToArray() };
        var distances = new double[frames.Count];
        Array.Fill(distances, double.PositiveInfinity);
        while (centres.Count < clusters)
        {
            var total = 0.0;
            for (var f = 0; f < distances.Length; f++)
            {
                total += distances[f] = Math.Min(distances[f], Distance(frames[f], centres[^1], scale));
            }

            if (total <= 0)
            {
                break; // every frame is a centre already
            }

            var at = random.NextDouble() * total;
            var drawn = -1;
            for (var f = 0; f < distances.Length && at >= 0; f++)
            {
                at -= distances[f];
                drawn = distances[f] > 0 ? f : drawn;
            }

            centres.Add(frames[drawn].ToArray());
        }

        return centres;
    }

    /// <summary>The means of the clusters; empty clusters are dropped and the assignments renumbered.</summary>
    private static List<Vector256<double>[]> Centres(PackedFrames frames, int[] assignments, int clusters)
    {
        var counts = new int[clusters];
        var sums = Enumerable.Range(0, clusters).Select(_ => new Vector256<double>[frames.Stride]).ToArray();
        for (var f = 0; f < assignments.Length; f++)
        {
            counts[assignments[f]]++;
            var sum = sums[assignments[f]];
            var frame = frames[f];
            for (var v = 0; v < sum.Length; v++)
            {
                sum[v] += frame[v];
            }
        }

        var numbers = new int[clusters];
        var centres = new List<Vector256<double>[]>();
        for (var k = 0; k < clusters; k++)
        {
            numbers[k] = centres.Count;
            if (counts[k] > 0)
            {
                centres.Add(Array.ConvertAll(sums[k], s => s / Vector256.Create((double)counts[k])));
            }
        }

        for (var f = 0; f < assignments.Length; f++)
        {
            assignments[f] = numbers[assignments[f]];
        }

        return centres;
    }

    private static double[] Values(Vector256<double>[] vectors, int dimensions) =>
        MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan())[..dimensions].ToArray();

    private static double Distance(ReadOnlySpan<Vector256<double>> frame, ReadOnlySpan<Vector256<double>> centre, ReadOnlySpan<Vector256<double>> scale)
    {
        var sum = Vector256<double>.Zero;
        for (var v = 0; v < frame.Length; v++)
        {
            var difference = frame[v] - centre[v];
            sum += difference * difference * scale[v];
        }

        return Vector256.Sum(sum);
    }
}
