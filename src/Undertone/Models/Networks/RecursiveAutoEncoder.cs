using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// One layer that joins two vectors into one of the same length, used at every inner node of a tree, and one that takes the
/// node's vector apart again (Socher, Pennington, Huang, Ng &amp; Manning 2011, Semi-supervised recursive autoencoders for
/// predicting sentiment distributions, https://aclanthology.org/D11-1014). A node is tanh(W [left; right] + b), brought to the length √width, so that
/// reconstructions cannot become better by being smaller; the paper's have length 1.
/// </summary>
public sealed class RecursiveAutoEncoder : Module
{
    private const double Least = 1e-6;

    private readonly Linear _join;
    private readonly Linear _part;
    private readonly int _width;

    /// <summary>Creates the layers.</summary>
    /// <param name="width">Values of a vector.</param>
    public RecursiveAutoEncoder(int width)
    {
        _width = width;
        _join = Register("join", new Linear(2 * width, width));
        _part = Register("part", new Linear(width, 2 * width));
    }

    /// <summary>Vectors brought to the length √width.</summary>
    /// <param name="x">[N, width].</param>
    /// <returns>[N, width].</returns>
    public Tensor Normalise(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x * ((x * x).Mean(1, keepDim: true) + Least).Rsqrt();
    }

    /// <summary>The vectors of all nodes.</summary>
    /// <param name="leaves">[leaves, width].</param>
    /// <param name="trees">The trees over them.</param>
    /// <returns>[nodes, width], in the order in which the trees count them.</returns>
    public Tensor Forward(Tensor leaves, CompositionTrees trees)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(trees);
        var (nodes, done) = (leaves, 0);
        foreach (var level in trees.Levels)
        {
            nodes = Tensor.Cat([nodes, Join(Pairs(nodes, trees.Left.AsSpan(done, level), trees.Right.AsSpan(done, level)))]);
            done += level;
        }

        LayerTrace.Observe(_part, nodes, "in training");
        return nodes;
    }

    /// <summary>How badly children can be told from their parents: the squared differences, each child weighted by its share of the leaves under the node.</summary>
    /// <param name="nodes">What <see cref="Forward"/> gave.</param>
    /// <param name="trees">The trees.</param>
    /// <returns>The mean over inner nodes and values, one number; 0 where there are no inner nodes.</returns>
    public Tensor Reconstruction(Tensor nodes, CompositionTrees trees)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(trees);
        if (trees.Left.Length == 0)
        {
            return nodes.Sum() * 0;
        }

        float[] shares = [.. trees.Left.Zip(trees.Right, (l, r) => (float)trees.Sizes[l] / (trees.Sizes[l] + trees.Sizes[r]))];
        return Errors(nodes.Narrow(0, trees.Leaves, trees.Left.Length), Pairs(nodes, trees.Left, trees.Right), shares).Mean();
    }

    /// <summary>Trees that join, from the leaves up, the neighbours whose node gives them back best. Their shape has no gradient.</summary>
    /// <param name="leaves">[leaves, width].</param>
    /// <param name="counts">Leaves of each utterance.</param>
    public CompositionTrees Grow(Tensor leaves, int[] counts)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var nodes = leaves;
        List<int> sizes = [.. Enumerable.Repeat(1, (int)leaves.Size(0))];
        return CompositionTrees.Greedy(counts, (made, asked) =>
        {
            if (made.Count > 0)
            {
                nodes = Tensor.Cat([nodes, Join(Pairs(nodes, made))]);
                sizes.AddRange(made.Select(m => sizes[m.Left] + sizes[m.Right]));
            }

            if (asked.Count == 0)
            {
                return [];
            }

            var children = Pairs(nodes, asked);
            float[] shares = [.. asked.Select(p => (float)sizes[p.Left] / (sizes[p.Left] + sizes[p.Right]))];
            return Errors(Join(children), children, shares).ToArray<float>();
        });
    }

    private static Tensor Pairs(Tensor nodes, IReadOnlyList<(int Left, int Right)> pairs) =>
        Pairs(nodes, [.. pairs.Select(p => (long)p.Left)], [.. pairs.Select(p => (long)p.Right)]);

    private static Tensor Pairs(Tensor nodes, ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        Tensor At(ReadOnlySpan<long> places) => nodes.IndexSelect(0, Tensor.From(places).To(nodes.Device));
        return Tensor.Cat([At(left), At(right)], 1);
    }

    private Tensor Join(Tensor children) => Normalise(_join.Forward(children).Tanh());

    /// <summary>The error of each of P nodes.</summary>
    private Tensor Errors(Tensor parents, Tensor children, float[] leftShares)
    {
        var difference = _part.Forward(parents) - children;
        var squares = (difference * difference).View(-1, 2, _width).Mean(2);
        float[] shares = [.. leftShares.SelectMany(s => (float[])[s, 1 - s])];
        return (squares * Tensor.From(shares, leftShares.Length, 2).To(squares.Device)).Sum(1);
    }
}
