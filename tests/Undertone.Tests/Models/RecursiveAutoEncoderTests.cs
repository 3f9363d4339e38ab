using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Tests.Models;

/// <summary>Trees over segments and the layer that is used at each of their nodes.</summary>
[Collection("engine")]
public sealed class RecursiveAutoEncoderTests
{
    /// <summary>Leaves 0–4 are the first utterance's, 5 the second's, 6 and 7 the third's; by hand.</summary>
    [Fact]
    public void ABalancedTreeJoinsPairsAndThenPairsOfPairs()
    {
        var trees = CompositionTrees.Balanced([5, 1, 2]);

        trees.Leaves.ShouldBe(8);
        trees.Levels.ShouldBe([3, 1, 1]); // (0 1), (2 3), (6 7); their pair; and leaf 4, which waited
        trees.Left.ShouldBe([0, 2, 6, 8, 11]);
        trees.Right.ShouldBe([1, 3, 7, 9, 4]);
        trees.Sizes.ShouldBe([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 5]);
        trees.Utterances.ShouldBe([0, 0, 0, 0, 0, 1, 2, 2, 0, 0, 2, 0, 0]);
        trees.Roots.ShouldBe([12, 5, 10]);
        Should.Throw<ArgumentOutOfRangeException>(() => CompositionTrees.Balanced([3, 0]));
    }

    [Fact]
    public void AGreedyTreeJoinsWhatCostsLeast()
    {
        // The cost of a pair is the distance of its numbers; a node has the mean of its children's.
        List<double> numbers = [1, 5, 5.5, 9, 9.1, 2, 3];
        var trees = CompositionTrees.Greedy([5, 2], (made, asked) =>
        {
            numbers.AddRange(made.Select(m => (numbers[m.Left] + numbers[m.Right]) / 2).ToList());
            return [.. asked.Select(a => (float)Math.Abs(numbers[a.Left] - numbers[a.Right]))];
        });

        // In order: (9 9.1) and, in the other utterance, (2 3); (5 5.5); with (9 9.1); with 1.
        trees.Left.ShouldBe([3, 5, 1, 9, 0]);
        trees.Right.ShouldBe([4, 6, 2, 7, 10]);
        trees.Levels.ShouldBe([3, 1, 1]);
        trees.Roots.ShouldBe([11, 8]);
    }

    [Theory]
    [InlineData(TreeKind.Balanced)]
    [InlineData(TreeKind.Greedy)]
    public void NodesAndErrorsAreThoseOfARecursionOverEachUtterance(TreeKind kind)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        Engine.ManualSeed(3);
        using var network = new RecursiveAutoEncoder(4);
        int[] counts = [6, 1, 3];
        var leaves = network.Normalise(Tensor.Randn(10, 4));
        var trees = kind == TreeKind.Balanced ? CompositionTrees.Balanced(counts) : network.Grow(leaves, counts);

        var nodes = network.Forward(leaves, trees);
        var weights = network.StateDict();
        Tensor Join(Tensor l, Tensor r)
        {
            var x = (Tensor.Cat([l, r]).MatMul(weights["join.weight"].T) + weights["join.bias"]).Tanh();
            return x / (x * x).Mean().Sqrt();
        }

        double Error(Tensor l, Tensor r, double leftShare)
        {
            var parted = Join(l, r).MatMul(weights["part.weight"].T) + weights["part.bias"];
            return (leftShare * (parted.Narrow(0, 0, 4) - l).Pow(2).Mean().Item()) + ((1 - leftShare) * (parted.Narrow(0, 4, 4) - r).Pow(2).Mean().Item());
        }

        var (first, errors) = (0, new List<double>());
        for (var n = 0; n < counts.Length; n++)
        {
            var row = Enumerable.Range(first, counts[n]).Select(i => (Vector: leaves.Select(0, i), Size: 1)).ToList();
            first += counts[n];
            while (row.Count > 1)
            {
                var costs = Enumerable.Range(0, row.Count - 1)
                    .Select(i => Error(row[i].Vector, row[i + 1].Vector, (double)row[i].Size / (row[i].Size + row[i + 1].Size))).ToList();
                var joined = row.ToList();
                for (var i = 0; i < costs.Count; i++)
                {
                    if (kind == TreeKind.Greedy ? i == costs.IndexOf(costs.Min()) : i % 2 == 0)
                    {
                        errors.Add(costs[i]);
                        joined[i] = (Join(row[i].Vector, row[i + 1].Vector), row[i].Size + row[i + 1].Size);
                        joined[i + 1] = default;
                    }
                }

                row = [.. joined.Where(j => j.Size > 0)];
            }

            (nodes.Select(0, trees.Roots[n]) - row[0].Vector).Abs().Max().Item().ShouldBeLessThan(1e-5, $"utterance {n}");
        }

        network.Reconstruction(nodes, trees).Item().ShouldBe(errors.Average(), 1e-5);
        network.Reconstruction(network.Forward(leaves.Narrow(0, 0, 2), CompositionTrees.Balanced([1, 1])), CompositionTrees.Balanced([1, 1])).Item().ShouldBe(0);
    }

    public enum TreeKind
    {
        Balanced,
        Greedy,
    }
}
