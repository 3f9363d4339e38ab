using System.Globalization;
using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>
/// A deep Boltzmann machine (Salakhutdinov &amp; Hinton 2009, https://proceedings.mlr.press/v5/salakhutdinov09a.html): layers of
/// hidden units that are 0 or 1 above Gaussian or binary visible ones, each connected with the next, undirected. Its weights and
/// hidden biases are those of the fully connected layers of a <see cref="MeanField"/>.
/// </summary>
public sealed class DeepBoltzmannMachine : IDisposable
{
    private readonly MeanField _inference;
    private readonly IReadOnlyList<Linear> _layers;

    /// <summary>Makes a machine around layers.</summary>
    /// <param name="inference">At least two layers.</param>
    /// <param name="visible">What the visible units are.</param>
    public DeepBoltzmannMachine(MeanField inference, VisibleUnits visible)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentOutOfRangeException.ThrowIfLessThan(inference.Layers.Count, 2, nameof(inference));
        (_inference, _layers, Visible) = (inference, inference.Layers, visible);
        VisibleBias = Tensor.Zeros([_layers[0].Weight.Size(1)], ScalarType.Float32, _layers[0].Weight.Device).Keep();
    }

    /// <summary>What the visible units are.</summary>
    public VisibleUnits Visible { get; }

    /// <summary>[visible].</summary>
    public Tensor VisibleBias { get; }

    /// <summary>
    /// Starts the layers one after another as restricted Boltzmann machines that count twice what lies on the side where, in the
    /// whole machine, another layer will be: the lowest its visible units on the way up, the highest its hidden units on the way
    /// down, those between both.
    /// </summary>
    /// <param name="rows">[N, visible].</param>
    /// <param name="lowest">How the lowest is trained.</param>
    /// <param name="others">How the others are.</param>
    /// <param name="loop">The loop.</param>
    public void Start(Tensor rows, ContrastiveDivergenceOptions lowest, ContrastiveDivergenceOptions others, PretrainingLoop loop)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        for (var i = 0; i < _layers.Count; i++)
        {
            using var machine = new RestrictedBoltzmannMachine(_layers[i], i == 0 ? Visible : VisibleUnits.Bernoulli);
            var (up, down) = (i < _layers.Count - 1 ? 2 : 1, i > 0 ? 2 : 1);
            var options = i == 0 ? lowest : others;
            machine.Start(rows, options);
            ContrastiveDivergence.Fit(machine, rows, options, loop, string.Create(CultureInfo.InvariantCulture, $"Boltzmann machine {i + 1}"), up, down);
            rows = machine.HiddenProbabilities(rows, up);
            if (i == 0)
            {
                VisibleBias.CopyFrom(machine.VisibleBias);
            }
        }
    }

    /// <summary>
    /// Trains all layers together by stochastic approximation: the statistics of rows are those of the mean field, those of the
    /// machine are of chains that go on from step to step (persistent contrastive divergence, Tieleman 2008,
    /// doi:10.1145/1390156.1390290).
    /// </summary>
    /// <param name="rows">[N, visible].</param>
    /// <param name="options">How.</param>
    /// <param name="loop">The loop.</param>
    /// <returns>The mean squared error of a visible unit's reconstruction from the mean field, by epoch.</returns>
    public IReadOnlyList<double> Fit(Tensor rows, PersistentChainsOptions options, PretrainingLoop loop)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loop);
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var ascent = new GradientAscent(
            [.. _layers.Select(l => ((Tensor)l.Weight, true)), .. _layers.Select(l => ((Tensor)l.Bias!, false)), (VisibleBias, false)]);
        var chains = Begin(rows, options.Chains);
        return loop.Run("deep Boltzmann machine", rows, options.Epochs, options.BatchSize, (batch, epoch) =>
        {
            Tensor[] wanted = [batch, .. _inference.Infer(batch)];
            var error = Functional.MseLoss(Means(wanted, 0), batch).Item();
            for (var step = 0; step < options.Steps; step++)
            {
                Gibbs(chains);
            }

            // The estimates of the chains are good only where the machine changes more slowly than they mix.
            var rate = options.LearningRate * (1 - ((epoch - 1.0) / options.Epochs));
            ascent.Step(Contrast(wanted, chains), rate, momentum: 0, options.WeightDecay);
            return error;
        });
    }

    /// <summary>E(units of a layer | all others), from the layers beside it.</summary>
    /// <param name="states">The visible units, [N, units], then each layer's.</param>
    /// <param name="layer">0 for the visible units, 1 for the lowest layer.</param>
    /// <returns>[N, units].</returns>
    public Tensor Means(IReadOnlyList<Tensor> states, int layer)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (layer == 0)
        {
            var input = VisibleBias.AddMm(states[1], _layers[0].Weight);
            return Visible == VisibleUnits.Gaussian ? input : input.Sigmoid();
        }

        var below = Functional.Linear(states[layer - 1], _layers[layer - 1].Weight, _layers[layer - 1].Bias);
        return (layer == _layers.Count ? below : below.AddMm(states[layer + 1], _layers[layer].Weight)).Sigmoid();
    }

    /// <summary>Frees the visible bias; the layers stay.</summary>
    public void Dispose() => VisibleBias.Dispose();

    /// <summary>Chains that begin at rows, their hidden units drawn from the mean field.</summary>
    private Tensor[] Begin(Tensor rows, int count)
    {
        var visible = rows.IndexSelect(0, Tensor.RandInt(0, rows.Size(0), count).To(rows.Device));
        return [visible, .. _inference.Infer(visible).Select(RestrictedBoltzmannMachine.Sample)];
    }

    /// <summary>Draws the odd layers given the even ones, then the even ones given the odd ones.</summary>
    private void Gibbs(Tensor[] chains)
    {
        foreach (var odd in (int[])[1, 0])
        {
            for (var layer = odd; layer < chains.Length; layer += 2)
            {
                using var scope = new DisposeScope();
                var means = Means(chains, layer);
                chains[layer].CopyFrom(layer == 0 && Visible == VisibleUnits.Gaussian ? means + means.RandnLike() : RestrictedBoltzmannMachine.Sample(means));
            }
        }
    }

    /// <summary>Gradients of weights, hidden biases and the visible bias.</summary>
    private static Tensor[] Contrast(Tensor[] wanted, Tensor[] unwanted)
    {
        var (n, m) = (1.0 / wanted[0].Size(0), 1.0 / unwanted[0].Size(0));
        Tensor Weight(int layer) => (wanted[layer].T.MatMul(wanted[layer - 1]) * n).AddMm(unwanted[layer].T, unwanted[layer - 1], alpha: -m);
        Tensor Bias(int layer) => wanted[layer].Mean(0) - unwanted[layer].Mean(0);
        var layers = Enumerable.Range(1, wanted.Length - 1).ToList();
        return [.. layers.Select(Weight), .. layers.Select(Bias), Bias(0)];
    }
}

/// <summary>How the layers of a <see cref="DeepBoltzmannMachine"/> are trained together.</summary>
public sealed record PersistentChainsOptions : IValidatedSettings
{
    /// <summary>Passes over the rows; 0 leaves the layers as the greedy start made them.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Rows a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate at the beginning; it falls linearly to 0.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Chains that are drawn side by side.</summary>
    public int Chains { get; init; } = 100;

    /// <summary>Steps of Gibbs sampling of each chain between two batches.</summary>
    public int Steps { get; init; } = 2;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 2e-4;

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => PretrainingProblems.Of(
        ("epochs", Epochs, Epochs >= 0, "at least 0"),
        ("batch-size", BatchSize, BatchSize >= 1, "at least 1"),
        ("learning-rate", LearningRate, LearningRate > 0, "greater than 0"),
        ("chains", Chains, Chains >= 1, "at least 1"),
        ("steps", Steps, Steps >= 1, "at least 1"),
        ("weight-decay", WeightDecay, WeightDecay >= 0, "at least 0"));
}
