using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// An exponential moving average of a network's weights over training steps (Polyak &amp; Juditsky 1992). With few
/// validation speakers single epochs jump; the average does not, and it generalises better. Its decay rises over the
/// first steps, so that the initial weights are soon forgotten.
/// </summary>
public sealed class WeightAverage : IDisposable
{
    private static readonly Operator Scale = new("aten::_foreach_mul_.Scalar");
    private static readonly Operator Accumulate = new("aten::_foreach_add_.List");

    private readonly double _decay;
    private readonly Tensor[] _weights;
    private readonly Tensor[] _average;
    private int _steps;

    /// <summary>Begins an average.</summary>
    /// <param name="network">The network; its running statistics are averaged too.</param>
    /// <param name="decay">The share of the past kept at each step, in [0, 1); 0 makes the average the weights themselves.</param>
    public WeightAverage(Module network, double decay)
    {
        _decay = decay;
        _weights = [.. network.StateDict().Values.Where(t => t.Dtype is ScalarType.Float32 or ScalarType.Float64)];
        using var noGrad = new NoGrad();
        _average = Array.ConvertAll(_weights, w => w.Detach().Clone().Keep());
    }

    /// <summary>Takes the weights of one more step in.</summary>
    public void Update()
    {
        using var noGrad = new NoGrad();
        _steps++;
        var decay = Math.Min(_decay, (1.0 + _steps) / (10 + _steps));
        if (_decay == 0)
        {
            decay = 0;
        }

        Scale.CallInPlace(_average, (Scalar)decay);
        Accumulate.CallInPlace(_average, _weights, (Scalar)(1 - decay));
    }

    /// <summary>Puts the average into the network, until the result is disposed.</summary>
    public IDisposable Apply() => new Swap(this);

    /// <summary>A copy of the average, to be given to <see cref="Restore"/>.</summary>
    public Tensor[] Snapshot()
    {
        using var noGrad = new NoGrad();
        return Array.ConvertAll(_average, t => t.Clone().Keep());
    }

    /// <summary>Copies weights into the network for good.</summary>
    /// <param name="snapshot">What <see cref="Snapshot"/> returned.</param>
    public void Restore(Tensor[] snapshot)
    {
        using var noGrad = new NoGrad();
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i].CopyFrom(snapshot[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_average, t => t.Dispose());

    private sealed class Swap : IDisposable
    {
        private readonly WeightAverage _owner;
        private readonly Tensor[] _weights;

        public Swap(WeightAverage owner)
        {
            _owner = owner;
            using var noGrad = new NoGrad();
            _weights = Array.ConvertAll(owner._weights, w => w.Detach().Clone().Keep());
            owner.Restore(owner._average);
        }

        public void Dispose()
        {
            _owner.Restore(_weights);
            Array.ForEach(_weights, t => t.Dispose());
        }
    }
}
