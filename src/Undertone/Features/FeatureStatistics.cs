namespace Undertone.Features;

/// <summary>
/// Gathers mean and variance of each dimension over many utterances, one after the other, without keeping them
/// (Chan, Golub &amp; LeVeque 1983, doi:10.1080/00031305.1983.10483115). The same utterances in the same order give the
/// same bits.
/// </summary>
public sealed class FeatureStatistics
{
    private double[] _mean = [];
    private double[] _squares = [];

    /// <summary>The number of frames gathered.</summary>
    public long Frames { get; private set; }

    /// <summary>The number of dimensions; 0 until the first utterance.</summary>
    public int Dimensions => _mean.Length;

    /// <summary>Adds an utterance's frames.</summary>
    /// <param name="features">F frames × D; without frames nothing changes.</param>
    /// <exception cref="ArgumentException">The number of dimensions is not that of earlier utterances.</exception>
    public void Add(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Frames == 0)
        {
            return;
        }

        var (frames, dimensions) = (features.Frames, features.Dimensions);
        var mean = new double[dimensions];
        var squares = new double[dimensions];
        for (var frame = 0; frame < frames; frame++)
        {
            var row = features[frame];
            for (var d = 0; d < row.Length; d++)
            {
                mean[d] += row[d];
            }
        }

        for (var d = 0; d < dimensions; d++)
        {
            mean[d] /= frames;
        }

        for (var frame = 0; frame < frames; frame++)
        {
            var row = features[frame];
            for (var d = 0; d < row.Length; d++)
            {
                var difference = row[d] - mean[d];
                squares[d] += difference * difference;
            }
        }

        Join(frames, mean, squares);
    }

    /// <summary>Adds what others gathered.</summary>
    /// <param name="other">Statistics of the same number of dimensions.</param>
    /// <exception cref="ArgumentException">The numbers of dimensions differ.</exception>
    public void Add(FeatureStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Frames > 0)
        {
            Join(other.Frames, other._mean, other._squares);
        }
    }

    /// <summary>The scaler of what was gathered.</summary>
    /// <exception cref="InvalidOperationException">Nothing was gathered.</exception>
    public FeatureScaler ToScaler()
    {
        if (Frames == 0)
        {
            throw new InvalidOperationException("no frame was added: there is nothing to take a mean of.");
        }

        return new FeatureScaler([.. _mean], [.. _squares.Select(s => Math.Sqrt(s / Frames))]);
    }

    private void Join(long frames, double[] mean, double[] squares)
    {
        if (Frames == 0)
        {
            (_mean, _squares, Frames) = ([.. mean], [.. squares], frames);
            return;
        }

        if (mean.Length != _mean.Length)
        {
            throw new ArgumentException($"{mean.Length} dimensions cannot be added to statistics of {_mean.Length}.");
        }

        var all = Frames + frames;
        for (var d = 0; d < mean.Length; d++)
        {
            var difference = mean[d] - _mean[d];
            _mean[d] += difference * frames / all;
            _squares[d] += squares[d] + (difference * difference * Frames * frames / all);
        }

        Frames = all;
    }
}
