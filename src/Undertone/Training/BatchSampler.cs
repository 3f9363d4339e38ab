namespace Undertone.Training;

/// <summary>
/// Forms batches of utterances of similar length, so that little of a batch is padding, yet different ones in every
/// epoch: lengths are sorted after each was multiplied by a random factor.
/// </summary>
public static class BatchSampler
{
    /// <summary>Half-width of the random factor's logarithm.</summary>
    private const double Jitter = 0.2;

    /// <summary>The batches of one training epoch, in random order.</summary>
    /// <param name="lengths">Frames of each utterance.</param>
    /// <param name="batchSize">Utterances a batch; a last batch smaller than half of it is spread over the others.</param>
    /// <param name="random">Where the choices come from.</param>
    /// <returns>Indices into <paramref name="lengths"/>; each occurs once.</returns>
    public static int[][] Training(IReadOnlyList<int> lengths, int batchSize, SeededRandom random)
    {
        var keys = new double[lengths.Count];
        var order = new int[lengths.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = lengths[i] * Math.Exp(Jitter * ((2 * random.NextDouble()) - 1));
        }

        Array.Sort(keys, order);
        var count = Math.Max(1, (int)Math.Round((double)order.Length / batchSize));
        var batches = new int[count][];
        for (var b = 0; b < count; b++)
        {
            var from = (int)((long)order.Length * b / count);
            var to = (int)((long)order.Length * (b + 1) / count);
            batches[b] = order[from..to];
        }

        random.Shuffle(batches.AsSpan());
        return batches;
    }

    /// <summary>Batches for prediction: sorted by length, always the same.</summary>
    /// <param name="lengths">Frames of each utterance.</param>
    /// <param name="batchSize">Utterances a batch.</param>
    public static int[][] Prediction(IReadOnlyList<int> lengths, int batchSize) =>
        [.. Enumerable.Range(0, lengths.Count).OrderBy(i => lengths[i]).Chunk(batchSize)];
}
