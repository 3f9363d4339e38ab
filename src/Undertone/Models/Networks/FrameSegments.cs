using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Where utterances of unequal length are cut into segments of one length. All segments of a batch are one batch of their own,
/// which a network for inputs of fixed size sees, and what it makes of them goes back to the utterances.
/// </summary>
public sealed class FrameSegments
{
    private readonly int[][] _starts;

    private FrameSegments(int[][] starts, int length) => (_starts, Length) = (starts, length);

    /// <summary>Frames of a segment.</summary>
    public int Length { get; }

    /// <summary>Segments of each utterance, N.</summary>
    public int[] Counts => Array.ConvertAll(_starts, s => s.Length);

    /// <summary>All segments, M.</summary>
    public int Total => _starts.Sum(s => s.Length);

    /// <summary>The first frames of each utterance's segments, N arrays in order of time.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Starts => _starts;

    /// <summary>Cuts at even distances. The last segment ends with the utterance, so that none holds padding.</summary>
    /// <param name="lengths">Valid frames of each utterance, N, each at least <paramref name="length"/>.</param>
    /// <param name="length">Frames of a segment.</param>
    /// <param name="hop">Frames from one segment to the next.</param>
    public static FrameSegments Every(int[] lengths, int length, int hop)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lengths.Min(), length, nameof(lengths));
        int[] Starts(int frames) => [.. Enumerable.Range(0, 1 + ((frames - length + hop - 1) / hop)).Select(i => Math.Min(i * hop, frames - length))];
        return new FrameSegments(Array.ConvertAll(lengths, Starts), length);
    }

    /// <summary>Some of the segments.</summary>
    /// <param name="kept">For each utterance the indices of those kept, at least one, in order of time.</param>
    public FrameSegments Keep(int[][] kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return new FrameSegments([.. kept.Select((k, n) => k.Select(i => _starts[n][i]).ToArray())], Length);
    }

    /// <summary>Cuts.</summary>
    /// <param name="features">[N, frames, dimensions].</param>
    /// <returns>[M, <see cref="Length"/>, dimensions], the first utterance's segments first.</returns>
    public Tensor Cut(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var shape = features.Shape;
        long[] rows = [.. _starts.SelectMany((starts, n) => starts.SelectMany(s => Enumerable.Range(0, Length).Select(f => (n * shape[1]) + s + f)))];
        return features.Reshape(-1, shape[2]).IndexSelect(0, Tensor.From(rows, rows.Length).To(features.Device)).View(-1, Length, shape[2]);
    }

    /// <summary>Gives each utterance back what became of its segments.</summary>
    /// <param name="vectors">[M, width].</param>
    /// <returns>[N, greatest count, width], zero beyond each count.</returns>
    public Tensor Sequences(Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var (most, zero, first) = (_starts.Max(s => s.Length), (long)Total, 0L);
        var rows = new List<long>();
        foreach (var starts in _starts)
        {
            rows.AddRange(Enumerable.Range(0, most).Select(i => i < starts.Length ? first + i : zero));
            first += starts.Length;
        }

        using var scope = new DisposeScope();
        var padded = Tensor.Cat([vectors, Tensor.Zeros([1, vectors.Size(1)], vectors.Dtype, vectors.Device)]);
        var sequences = padded.IndexSelect(0, Tensor.From(rows.ToArray(), rows.Count).To(vectors.Device)).View(_starts.Length, most, vectors.Size(1));
        return scope.MoveToOuter(sequences);
    }
}
