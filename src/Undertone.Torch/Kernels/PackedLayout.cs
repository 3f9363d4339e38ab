namespace Undertone.Torch.Kernels;

/// <summary>
/// How a padded batch of sequences is stored without its padding: longest utterance first, time step by time step,
/// the rows of a step next to each other (PyTorch's PackedSequence). Row r of step t is the utterance at rank r.
/// </summary>
internal sealed class PackedLayout
{
    /// <summary>Lays out sequences.</summary>
    /// <param name="lengths">Frames of each utterance, at least 1 and at most <paramref name="frames"/>.</param>
    /// <param name="frames">Frames of the padded batch.</param>
    /// <exception cref="ArgumentException">A length is out of range.</exception>
    public PackedLayout(IReadOnlyList<int> lengths, int frames)
    {
        Batch = lengths.Count;
        Frames = frames;
        for (var b = 0; b < Batch; b++)
        {
            if (lengths[b] < 1 || lengths[b] > frames)
            {
                throw new ArgumentException($"The length of utterance {b} is {lengths[b]}; it must be between 1 and {frames}, the frames of the batch.", nameof(lengths));
            }
        }

        var order = Enumerable.Range(0, Batch).OrderByDescending(b => lengths[b]).ToArray();
        Steps = Batch == 0 ? 0 : lengths[order[0]];
        RowsAt = new int[Steps + 1];
        OffsetOf = new int[Steps + 1];
        for (int t = 0, running = Batch; t < Steps; t++)
        {
            while (lengths[order[running - 1]] <= t)
            {
                running--;
            }

            RowsAt[t] = running;
            OffsetOf[t + 1] = OffsetOf[t] + running;
        }

        Rows = OffsetOf[Steps];
        PackIndex = new long[Rows];
        UnpackIndex = new long[Batch * frames];
        Array.Fill(UnpackIndex, Rows);
        for (var t = 0; t < Steps; t++)
        {
            for (var r = 0; r < RowsAt[t]; r++)
            {
                var padded = ((long)order[r] * frames) + t;
                PackIndex[OffsetOf[t] + r] = padded;
                UnpackIndex[padded] = OffsetOf[t] + r;
            }
        }
    }

    /// <summary>Utterances.</summary>
    public int Batch { get; }

    /// <summary>Frames of the padded batch.</summary>
    public int Frames { get; }

    /// <summary>Time steps: the longest length.</summary>
    public int Steps { get; }

    /// <summary>All valid frames together.</summary>
    public int Rows { get; }

    /// <summary>Utterances that run at each step; 0 behind the last.</summary>
    public int[] RowsAt { get; }

    /// <summary>The first packed row of each step.</summary>
    public int[] OffsetOf { get; }

    /// <summary>For each packed row its place in the padded batch (utterance × frames + frame).</summary>
    public long[] PackIndex { get; }

    /// <summary>For each place in the padded batch its packed row; <see cref="Rows"/> for padding.</summary>
    public long[] UnpackIndex { get; }

    /// <summary>Rows of each step as a list of sizes, for splitting a packed tensor.</summary>
    public long[] StepSizes => [.. RowsAt.Take(Steps).Select(r => (long)r)];
}
