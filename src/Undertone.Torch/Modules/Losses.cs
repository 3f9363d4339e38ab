namespace Undertone.Torch;

/// <summary>A loss of a network's output against a target.</summary>
public abstract class Loss : Module
{
    /// <summary>Computes the loss.</summary>
    public abstract Tensor Forward(Tensor input, Tensor target);
}

/// <summary>Cross-entropy of logits; see <see cref="Functional.CrossEntropy"/>.</summary>
public sealed class CrossEntropyLoss : Loss
{
    private readonly Tensor? weight;
    private readonly double labelSmoothing;
    private readonly Reduction reduction;

    /// <summary>Makes the loss, with class weights (classes) if wanted.</summary>
    public CrossEntropyLoss(Tensor? weight = null, double labelSmoothing = 0, Reduction reduction = Reduction.Mean)
    {
        this.weight = weight is null ? null : RegisterBuffer("weight", weight);
        (this.labelSmoothing, this.reduction) = (labelSmoothing, reduction);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Tensor target) =>
        Functional.CrossEntropy(input, target, weight, labelSmoothing, reduction);
}

/// <summary>Squared error.</summary>
public sealed class MseLoss(Reduction reduction = Reduction.Mean) : Loss
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Tensor target) => Functional.MseLoss(input, target, reduction);
}

/// <summary>Absolute error.</summary>
public sealed class L1Loss(Reduction reduction = Reduction.Mean) : Loss
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Tensor target) => Functional.L1Loss(input, target, reduction);
}

/// <summary>1 - CCC; see <see cref="Functional.ConcordanceLoss"/>.</summary>
public sealed class ConcordanceLoss : Loss
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Tensor target) => Functional.ConcordanceLoss(input, target);
}

/// <summary>Binary cross-entropy of logits.</summary>
public sealed class BceWithLogitsLoss : Loss
{
    private readonly Tensor? positiveWeight;
    private readonly Reduction reduction;

    /// <summary>Makes the loss, with weights of the positive answers if wanted.</summary>
    public BceWithLogitsLoss(Tensor? positiveWeight = null, Reduction reduction = Reduction.Mean)
    {
        this.positiveWeight = positiveWeight is null ? null : RegisterBuffer("pos_weight", positiveWeight);
        this.reduction = reduction;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Tensor target) =>
        Functional.BceWithLogits(input, target, null, positiveWeight, reduction);
}
