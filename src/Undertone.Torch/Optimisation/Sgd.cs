namespace Undertone.Torch;

/// <summary>Stochastic gradient descent with momentum, as PyTorch defines it (Sutskever et al. 2013 up to the place of the learning rate).</summary>
public sealed class Sgd : Optimiser
{
    private readonly double momentum;
    private readonly bool nesterov;
    private readonly Tensor?[] buffers;

    /// <summary>All parameters alike.</summary>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : this([new ParameterGroup(parameters, learningRate, weightDecay)], momentum, nesterov)
    {
    }

    /// <summary>Groups with settings of their own.</summary>
    public Sgd(IEnumerable<ParameterGroup> groups, double momentum = 0, bool nesterov = false)
        : base(groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("Nesterov's method needs a momentum above 0", nameof(nesterov));
        }

        (this.momentum, this.nesterov) = (momentum, nesterov);
        buffers = AddSlot("momentum_buffer");
    }

    private protected override void Update(ParameterGroup group, long step, Tensor[] parameters, Tensor[] gradients, int[] places)
    {
        if (group.WeightDecay != 0)
        {
            gradients = ForEach.Add.CallMany(gradients, parameters, (Scalar)group.WeightDecay);
        }

        if (momentum != 0)
        {
            var moving = Filled(buffers, places, parameters);
            ForEach.MulInPlace.CallInPlace(moving, (Scalar)momentum);
            ForEach.AddInPlace.CallInPlace(moving, gradients, (Scalar)1.0);
            gradients = nesterov ? ForEach.Add.CallMany(gradients, moving, (Scalar)momentum) : moving;
        }

        ForEach.AddInPlace.CallInPlace(parameters, gradients, (Scalar)(-group.LearningRate));
    }
}
