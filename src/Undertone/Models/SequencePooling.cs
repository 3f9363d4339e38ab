using Undertone.Torch;

namespace Undertone.Models;

/// <summary>How a sequence of vectors becomes one vector.</summary>
public enum PoolingKind
{
    /// <summary>The mean over valid frames.</summary>
    Mean,

    /// <summary>Mean and standard deviation, weighted by attention (<see cref="AttentiveStatisticsPooling"/>).</summary>
    AttentiveStatistics,
}

/// <summary>Sums a sequence up as one vector, in the way that a setting names.</summary>
public sealed class SequencePooling : Module
{
    private readonly AttentiveStatisticsPooling? _attention;

    /// <summary>Creates the pooling.</summary>
    /// <param name="kind">How.</param>
    /// <param name="width">Values of a vector.</param>
    public SequencePooling(PoolingKind kind, int width)
    {
        Kind = kind;
        Width = width;
        if (kind == PoolingKind.AttentiveStatistics)
        {
            _attention = Register("attention", new AttentiveStatisticsPooling(width));
            Width = 2 * width;
        }
    }

    /// <summary>How it pools.</summary>
    public PoolingKind Kind { get; }

    /// <summary>Values of the result.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    protected override string Details => Kind == PoolingKind.Mean ? "mean" : "";

    /// <summary>Pools sequences.</summary>
    /// <param name="x">[N, frames, width], zero beyond each length.</param>
    /// <param name="lengths">Valid frames, N, at least 1.</param>
    /// <returns>[N, <see cref="Width"/>].</returns>
    public Tensor Forward(Tensor x, int[] lengths)
    {
        if (_attention is not null)
        {
            return _attention.Forward(x, lengths);
        }

        var shares = Tensor.From(Array.ConvertAll(lengths, l => 1f / l), lengths.Length, 1).To(x.Device);
        var mean = x.Sum(1) * shares;
        LayerTrace.Observe(this, mean);
        return mean;
    }
}
