using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>How a sequence of vectors becomes one vector.</summary>
public enum PoolingKind
{
    /// <summary>The mean over valid frames.</summary>
    Mean,

    /// <summary>Mean and standard deviation, weighted by attention (<see cref="AttentiveStatisticsPooling"/>).</summary>
    AttentiveStatistics,

    /// <summary>Mean and standard deviation over valid frames (<see cref="StatisticsPooling"/>).</summary>
    Statistics,

    /// <summary>The mean, weighted by attention (<see cref="AttentionPooling"/>).</summary>
    Attention,
}

/// <summary>Sums a sequence up as one vector, in the way that a setting names.</summary>
public sealed class SequencePooling : Module
{
    private readonly Func<Tensor, int[], Tensor> _pool;

    /// <summary>Creates the pooling.</summary>
    /// <param name="kind">How.</param>
    /// <param name="width">Values of a vector.</param>
    public SequencePooling(PoolingKind kind, int width)
    {
        Kind = kind;
        Width = kind is PoolingKind.Statistics or PoolingKind.AttentiveStatistics ? 2 * width : width;
        _pool = kind switch
        {
            PoolingKind.Mean => Mean,
            PoolingKind.Statistics => Register("statistics", new StatisticsPooling()).Forward,
            PoolingKind.Attention => Register("attention", new AttentionPooling(width)).Forward,
            PoolingKind.AttentiveStatistics => Register("attention", new AttentiveStatisticsPooling(width)).Forward,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such pooling."),
        };
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
    public Tensor Forward(Tensor x, int[] lengths) => _pool(x, lengths);

    private Tensor Mean(Tensor x, int[] lengths)
    {
        var shares = Tensor.From(Array.ConvertAll(lengths, l => 1f / l), lengths.Length, 1).To(x.Device);
        var mean = x.Sum(1) * shares;
        LayerTrace.Observe(this, mean);
        return mean;
    }
}
