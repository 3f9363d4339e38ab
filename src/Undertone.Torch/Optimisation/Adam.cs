namespace Undertone.Torch;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share.</summary>
public abstract class AdaptiveMoments : Optimiser
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly bool decoupled;
    private readonly Tensor?[] means;
    private readonly Tensor?[] squares;

    private protected AdaptiveMoments(IEnumerable<ParameterGroup> groups, double beta1, double beta2, double epsilon, bool decoupled)
        : base(groups)
    {
        if (beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(beta1), (beta1, beta2), "both betas lie in [0, 1)");
        }

        (this.beta1, this.beta2, this.epsilon, this.decoupled) = (beta1, beta2, epsilon, decoupled);
        means = AddSlot("exp_avg");
        squares = AddSlot("exp_avg_sq");
    }

    private protected override void Update(ParameterGroup group, long step, Tensor[] parameters, Tensor[] gradients, int[] places)
    {
        if (group.WeightDecay != 0)
        {
            if (decoupled)
            {
                ForEach.MulInPlace.CallInPlace(parameters, (Scalar)(1 - (group.LearningRate * group.WeightDecay)));
            }
            else
            {
                gradients = ForEach.Add.CallMany(gradients, parameters, (Scalar)group.WeightDecay);
            }
        }

        var mean = Filled(means, places, parameters);
        var square = Filled(squares, places, parameters);
        ForEach.MulInPlace.CallInPlace(mean, (Scalar)beta1);
        ForEach.AddInPlace.CallInPlace(mean, gradients, (Scalar)(1 - beta1));
        ForEach.MulInPlace.CallInPlace(square, (Scalar)beta2);
        ForEach.AddcmulInPlace.CallInPlace(square, gradients, gradients, (Scalar)(1 - beta2));
        var denominator = ForEach.Sqrt.CallMany(square);
        ForEach.DivInPlace.CallInPlace(denominator, (Scalar)Math.Sqrt(1 - Math.Pow(beta2, step)));
        ForEach.AddScalarInPlace.CallInPlace(denominator, (Scalar)epsilon);
        ForEach.AddcdivInPlace.CallInPlace(
            parameters, mean, denominator, (Scalar)(-group.LearningRate / (1 - Math.Pow(beta1, step))));
    }
}

/// <summary>Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980); weight decay is added to the gradient.</summary>
public sealed class Adam : AdaptiveMoments
{
    /// <summary>All parameters alike.</summary>
    public Adam(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0)
        : this([new ParameterGroup(parameters, learningRate, weightDecay)], beta1, beta2, epsilon)
    {
    }

    /// <summary>Groups with settings of their own.</summary>
    public Adam(IEnumerable<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(groups, beta1, beta2, epsilon, decoupled: false)
    {
    }
}

/// <summary>Adam whose weight decay shrinks the weights themselves (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101).</summary>
public sealed class AdamW : AdaptiveMoments
{
    /// <summary>All parameters alike.</summary>
    public AdamW(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 1e-2)
        : this([new ParameterGroup(parameters, learningRate, weightDecay)], beta1, beta2, epsilon)
    {
    }

    /// <summary>Groups with settings of their own.</summary>
    public AdamW(IEnumerable<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(groups, beta1, beta2, epsilon, decoupled: true)
    {
    }
}
