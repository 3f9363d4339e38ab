using System.Globalization;

namespace Undertone.Torch;

/// <summary>Batch normalisation (Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167) of each channel, the second dimension.</summary>
/// <remarks>Training uses the batch's mean and variance and keeps running ones, which evaluation uses.</remarks>
public abstract class BatchNorm : Layer
{
    private readonly long channels;
    private readonly Tensor batches;

    private protected BatchNorm(long channels, double epsilon, double momentum)
    {
        (this.channels, Epsilon, Momentum) = (channels, epsilon, momentum);
        Weight = RegisterParameter("weight", Tensor.Ones(channels));
        Bias = RegisterParameter("bias", Tensor.Zeros(channels));
        RunningMean = RegisterBuffer("running_mean", Tensor.Zeros(channels));
        RunningVariance = RegisterBuffer("running_var", Tensor.Ones(channels));
        batches = RegisterBuffer("num_batches_tracked", Tensor.Zeros([], ScalarType.Int64));
    }

    /// <summary>(channels).</summary>
    public Parameter Weight { get; }

    /// <summary>(channels).</summary>
    public Parameter Bias { get; }

    /// <summary>(channels).</summary>
    public Tensor RunningMean { get; }

    /// <summary>(channels), unbiased.</summary>
    public Tensor RunningVariance { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The batch's share in the running statistics.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    protected override string Details => string.Create(
        CultureInfo.InvariantCulture, $"{channels}, eps={Epsilon}, momentum={Momentum}, affine=True, track_running_stats=True");

    private protected abstract string Expected { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Fits(input.Dimensions))
        {
            throw new TorchException($"{GetType().Name}: {input.Summary()} was given, {Expected} is expected");
        }

        if (Training)
        {
            CountBatch();
        }

        return LayerOps.BatchNorm.Call(input, Weight, Bias, RunningMean, RunningVariance, Training, Momentum, Epsilon, true);
    }

    /// <summary>Counts a batch that was trained on.</summary>
    internal void CountBatch()
    {
        using var noGrad = new NoGrad();
        batches.AddInPlace(1);
    }

    private protected abstract bool Fits(int dimensions);
}

/// <summary>Batch normalisation of (batch, channels) or (batch, channels, length).</summary>
public sealed class BatchNorm1d(long channels, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(channels, epsilon, momentum)
{
    private protected override string Expected => "(batch, channels) or (batch, channels, length)";

    private protected override bool Fits(int dimensions) => dimensions is 2 or 3;
}

/// <summary>Batch normalisation of (batch, channels, height, width).</summary>
public sealed class BatchNorm2d(long channels, double epsilon = 1e-5, double momentum = 0.1) : BatchNorm(channels, epsilon, momentum)
{
    private protected override string Expected => "(batch, channels, height, width)";

    private protected override bool Fits(int dimensions) => dimensions == 4;
}

/// <summary>Normalises each item over its last dimensions (Ba et al. 2016, https://arxiv.org/abs/1607.06450).</summary>
public sealed class LayerNorm : Layer
{
    private readonly long[] shape;
    private readonly double epsilon;

    /// <summary>Over one last dimension.</summary>
    public LayerNorm(long size, double epsilon = 1e-5)
        : this([size], epsilon)
    {
    }

    /// <summary>Over several last dimensions.</summary>
    public LayerNorm(long[] shape, double epsilon = 1e-5)
    {
        (this.shape, this.epsilon) = (shape, epsilon);
        Weight = RegisterParameter("weight", Tensor.Ones(shape));
        Bias = RegisterParameter("bias", Tensor.Zeros(shape));
    }

    /// <summary>Of the normalised dimensions' shape.</summary>
    public Parameter Weight { get; }

    /// <summary>Of the normalised dimensions' shape.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    protected override string Details => string.Create(
        CultureInfo.InvariantCulture,
        $"({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), eps={epsilon}, elementwise_affine=True");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.LayerNorm.Call(input, shape, Weight, Bias, epsilon);
}

/// <summary>Normalises each item over groups of channels (Wu and He 2018, https://arxiv.org/abs/1803.08494).</summary>
public sealed class GroupNorm : Layer
{
    private readonly long groups;
    private readonly long channels;
    private readonly double epsilon;

    /// <summary>Makes the layer; the groups must divide the channels.</summary>
    public GroupNorm(long groups, long channels, double epsilon = 1e-5)
    {
        (this.groups, this.channels, this.epsilon) = (groups, channels, epsilon);
        if (groups < 1 || channels % groups != 0)
        {
            throw new ArgumentException($"{groups} group(s) do not divide {channels} channels", nameof(groups));
        }

        Weight = RegisterParameter("weight", Tensor.Ones(channels));
        Bias = RegisterParameter("bias", Tensor.Zeros(channels));
    }

    /// <summary>(channels).</summary>
    public Parameter Weight { get; }

    /// <summary>(channels).</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    protected override string Details => string.Create(CultureInfo.InvariantCulture, $"{groups}, {channels}, eps={epsilon}, affine=True");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.GroupNorm.Call(input, groups, Weight, Bias, epsilon);
}
