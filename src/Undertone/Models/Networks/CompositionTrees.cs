namespace Undertone.Models.Networks;

/// <summary>
/// Binary trees over the segments of each utterance of a batch: leaves are segments in order of time, an inner node joins two
/// neighbours. Nodes of the same height are computed together, whatever utterance they are of. Nodes are counted through: the
/// leaves of all utterances first, those of the first utterance before the second's, then the inner nodes by height.
/// </summary>
public sealed class CompositionTrees
{
    private CompositionTrees(int[] counts, List<(int Left, int Right, int Utterance)> merges)
    {
        Leaves = counts.Sum();
        var heights = new int[Leaves + merges.Count];
        for (var m = 0; m < merges.Count; m++)
        {
            heights[Leaves + m] = 1 + Math.Max(heights[merges[m].Left], heights[merges[m].Right]);
        }

        var order = Enumerable.Range(0, merges.Count).OrderBy(m => heights[Leaves + m]).ToList();
        var places = Enumerable.Range(0, heights.Length).ToArray();
        for (var i = 0; i < order.Count; i++)
        {
            places[Leaves + order[i]] = Leaves + i;
        }

        Left = [.. order.Select(m => (long)places[merges[m].Left])];
        Right = [.. order.Select(m => (long)places[merges[m].Right])];
        Utterances = [.. counts.SelectMany((c, n) => Enumerable.Repeat((long)n, c)), .. order.Select(m => (long)merges[m].Utterance)];
        Levels = [.. order.CountBy(m => heights[Leaves + m]).Select(h => h.Value)];
        Sizes = [.. Enumerable.Repeat(1, Leaves), .. new int[merges.Count]];
        for (var i = 0; i < order.Count; i++)
        {
            Sizes[Leaves + i] = Sizes[Left[i]] + Sizes[Right[i]];
        }

        Roots = new long[counts.Length];
        for (var node = 0; node < Utterances.Length; node++)
        {
            // A root is the last of its utterance's nodes, being higher than all others.
            Roots[Utterances[node]] = node;
        }
    }

    /// <summary>Leaves of all utterances.</summary>
    public int Leaves { get; }

    /// <summary>The left child of each inner node.</summary>
    public long[] Left { get; }

    /// <summary>The right child of each inner node.</summary>
    public long[] Right { get; }

    /// <summary>Inner nodes of each height, the lowest first.</summary>
    public int[] Levels { get; }

    /// <summary>Leaves under each node, leaves themselves included.</summary>
    public int[] Sizes { get; }

    /// <summary>The utterance of each node.</summary>
    public long[] Utterances { get; }

    /// <summary>Each utterance's highest node.</summary>
    public long[] Roots { get; }

    /// <summary>Joins neighbours in pairs, then pairs in pairs; one without a partner waits for the next round.</summary>
    /// <param name="counts">Segments of each utterance, at least one.</param>
    public static CompositionTrees Balanced(int[] counts) => Join(counts, (_, rows) =>
        rows.SelectMany((row, n) => Enumerable.Range(0, row.Count / 2).Select(i => (n, 2 * i))));

    /// <summary>In each round joins the one pair of neighbours of each utterance that costs least; of equals the first.</summary>
    /// <param name="counts">Segments of each utterance, at least one.</param>
    /// <param name="costs">
    /// Is told the children of each node that was made in the last round, and gives the costs of joining other pairs. Nodes are
    /// counted in the order in which they are made, behind the leaves.
    /// </param>
    public static CompositionTrees Greedy(
        int[] counts, Func<IReadOnlyList<(int Left, int Right)>, IReadOnlyList<(int Left, int Right)>, float[]> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var known = new Dictionary<(int, int), float>();
        return Join(counts, (made, rows) =>
        {
            var asked = rows.SelectMany(row => row.Zip(row.Skip(1))).Where(pair => !known.ContainsKey(pair)).ToList();
            foreach (var (pair, cost) in asked.Zip(costs(made, asked)))
            {
                known[pair] = cost;
            }

            return rows.Select((row, n) => (Row: row, Utterance: n)).Where(u => u.Row.Count > 1)
                .Select(u => (u.Utterance, Enumerable.Range(0, u.Row.Count - 1).MinBy(i => known[(u.Row[i], u.Row[i + 1])])));
        });
    }

    /// <summary>Joins until one node of each utterance is left.</summary>
    /// <param name="counts">Segments of each utterance.</param>
    /// <param name="choose">Gives utterances and places in their rows: the node there and the next are joined. No two overlap.</param>
    private static CompositionTrees Join(
        int[] counts, Func<List<(int Left, int Right)>, List<List<int>>, IEnumerable<(int Utterance, int Place)>> choose)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(counts.Min(), 1, nameof(counts));
        var next = 0;
        List<List<int>> rows = [.. counts.Select(count => Enumerable.Range(0, count).Select(_ => next++).ToList())];
        var merges = new List<(int Left, int Right, int Utterance)>();
        var made = new List<(int Left, int Right)>();
        while (rows.Exists(r => r.Count > 1))
        {
            var chosen = choose(made, rows).ToList();
            made = [];
            foreach (var (utterance, place) in chosen)
            {
                var row = rows[utterance];
                made.Add((row[place], row[place + 1]));
                merges.Add((row[place], row[place + 1], utterance));
                (row[place], row[place + 1]) = (next++, -1);
            }

            rows.ForEach(r => r.RemoveAll(node => node < 0));
        }

        return new CompositionTrees(counts, merges);
    }
}
