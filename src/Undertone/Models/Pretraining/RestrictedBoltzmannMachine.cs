using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>What the visible units of a Boltzmann machine are.</summary>
public enum VisibleUnits
{
    /// <summary>0 or 1.</summary>
    Bernoulli,

    /// <summary>Real numbers with noise of variance 1: inputs that were standardised.</summary>
    Gaussian,
}

/// <summary>
/// A restricted Boltzmann machine (Smolensky 1986; Hinton 2002, doi:10.1162/089976602760128018) whose weights and hidden
/// biases are those of a fully connected layer: what the machine learns, the layer has. Hidden units are 0 or 1. With W
/// [hidden, visible], b and c the energy of a state is −cᵀv − bᵀh − hᵀWv where visible units are 0 or 1, and
/// ½|v − c|² − bᵀh − hᵀWv where they are Gaussian of variance 1 (Hinton 2012, A practical guide to training restricted
/// Boltzmann machines, doi:10.1007/978-3-642-35289-8_32, section 13.2).
/// </summary>
public sealed class RestrictedBoltzmannMachine : IDisposable
{
    private const double InitialDeviation = 0.01;
    private const double LeastShare = 0.01;

    /// <summary>Makes a machine around a layer.</summary>
    /// <param name="layer">From visible to hidden units, with a bias.</param>
    /// <param name="visible">What the visible units are.</param>
    public RestrictedBoltzmannMachine(Linear layer, VisibleUnits visible)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Weight = layer.Weight;
        HiddenBias = layer.Bias ?? throw new ArgumentException("A layer without bias makes no Boltzmann machine.", nameof(layer));
        Visible = visible;
        VisibleBias = Tensor.Zeros([Weight.Size(1)], ScalarType.Float32, Weight.Device).Keep();
    }

    /// <summary>What the visible units are.</summary>
    public VisibleUnits Visible { get; }

    /// <summary>W, [hidden, visible], the layer's own.</summary>
    public Parameter Weight { get; }

    /// <summary>b, [hidden], the layer's own.</summary>
    public Parameter HiddenBias { get; }

    /// <summary>c, [visible].</summary>
    public Tensor VisibleBias { get; }

    /// <summary>A draw of units from their probabilities.</summary>
    /// <param name="probabilities">Any shape.</param>
    /// <returns>0 or 1, in that shape.</returns>
    public static Tensor Sample(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return (probabilities.RandLike() < probabilities).To(ScalarType.Float32);
    }

    /// <summary>
    /// Starts as the practical guide has it (section 8): small normal weights, hidden biases of 0, visible biases that alone
    /// give the mean of the rows. A layer that is not going to be trained, for no epochs, stays as it is.
    /// </summary>
    /// <param name="rows">[N, visible].</param>
    /// <param name="options">How it is going to be trained.</param>
    public void Start(Tensor rows, ContrastiveDivergenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Epochs == 0)
        {
            return;
        }

        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        Init.Normal(Weight, 0, InitialDeviation);
        HiddenBias.Zero();
        var mean = rows.Mean(0);
        var share = mean.Clamp(LeastShare, 1 - LeastShare);
        VisibleBias.CopyFrom(Visible == VisibleUnits.Gaussian ? mean : (share / (1 - share)).Log());
    }

    /// <summary>p(h = 1 | v).</summary>
    /// <param name="visible">[N, visible].</param>
    /// <param name="times">How often the visible units are counted: 2 stands for a layer of the same strength on the hidden units' other side.</param>
    /// <returns>[N, hidden].</returns>
    public Tensor HiddenProbabilities(Tensor visible, double times = 1)
    {
        ArgumentNullException.ThrowIfNull(visible);
        return Functional.Linear(times == 1 ? visible : visible * times, Weight, HiddenBias).Sigmoid();
    }

    /// <summary>E(v | h): probabilities of units that are 0 or 1, means of those that are Gaussian.</summary>
    /// <param name="hidden">[N, hidden].</param>
    /// <param name="times">How often the hidden units are counted.</param>
    /// <returns>[N, visible].</returns>
    public Tensor VisibleMeans(Tensor hidden, double times = 1)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        var input = VisibleBias.AddMm(times == 1 ? hidden : hidden * times, Weight);
        return Visible == VisibleUnits.Gaussian ? input : input.Sigmoid();
    }

    /// <summary>The free energy, −log Σ_h exp(−E(v, h)): the lower, the more probable a row is among rows.</summary>
    /// <param name="visible">[N, visible].</param>
    /// <returns>[N].</returns>
    public Tensor FreeEnergy(Tensor visible)
    {
        ArgumentNullException.ThrowIfNull(visible);
        var difference = visible - VisibleBias;
        var own = Visible == VisibleUnits.Gaussian ? (difference * difference).Sum(1) * 0.5 : -(visible * VisibleBias).Sum(1);
        return own - Functional.Softplus(Functional.Linear(visible, Weight, HiddenBias)).Sum(1);
    }

    /// <summary>
    /// What raises the probability of some rows against others: the gradient of the others' mean free energy less that of the
    /// rows. With rows drawn from the machine itself it is the gradient of the log-likelihood.
    /// </summary>
    /// <param name="rows">[N, visible].</param>
    /// <param name="others">[M, visible].</param>
    /// <param name="times">How often visible units are counted, as in <see cref="HiddenProbabilities"/>.</param>
    /// <returns>The gradients of <see cref="Weight"/>, <see cref="HiddenBias"/> and <see cref="VisibleBias"/>.</returns>
    public (Tensor Weight, Tensor HiddenBias, Tensor VisibleBias) Contrast(Tensor rows, Tensor others, double times = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(others);
        var (wanted, unwanted) = (HiddenProbabilities(rows, times), HiddenProbabilities(others, times));
        var weight = (wanted.T.MatMul(rows) * (1.0 / rows.Size(0))).AddMm(unwanted.T, others, alpha: -1.0 / others.Size(0));
        return (weight, wanted.Mean(0) - unwanted.Mean(0), rows.Mean(0) - others.Mean(0));
    }

    /// <summary>Frees the visible bias; the layer stays.</summary>
    public void Dispose() => VisibleBias.Dispose();
}
