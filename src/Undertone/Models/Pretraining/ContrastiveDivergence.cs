using System.Globalization;
using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>
/// Learns restricted Boltzmann machines by contrastive divergence (Hinton 2002, doi:10.1162/089976602760128018): the rows
/// against what the machine makes of them in a few steps of Gibbs sampling.
/// </summary>
public static class ContrastiveDivergence
{
    /// <summary>The momentum of the first epochs, and how many they are (practical guide, section 9).</summary>
    private const double InitialMomentum = 0.5;
    private const int InitialEpochs = 5;

    /// <summary>
    /// What the machine makes of rows. Hidden units are drawn, since probabilities would carry more than a bit each; visible
    /// ones are their means, which is less noisy and as good (practical guide, section 3).
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="rows">[N, visible].</param>
    /// <param name="steps">Steps down and up again, k.</param>
    /// <param name="up">How often visible units are counted.</param>
    /// <param name="down">How often hidden units are counted.</param>
    /// <returns>[N, visible].</returns>
    public static Tensor Reconstruct(RestrictedBoltzmannMachine machine, Tensor rows, int steps = 1, double up = 1, double down = 1)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var visible = rows;
        for (var step = 0; step < steps; step++)
        {
            visible = machine.VisibleMeans(RestrictedBoltzmannMachine.Sample(machine.HiddenProbabilities(visible, up)), down);
        }

        return visible;
    }

    /// <summary>Trains a machine further from what it is.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="rows">[N, visible].</param>
    /// <param name="options">How.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="stage">The machine's name, for progress.</param>
    /// <param name="up">How often visible units are counted; 2 for the lower layers of a deep Boltzmann machine (<see cref="DeepBoltzmannMachine"/>).</param>
    /// <param name="down">How often hidden units are counted; 2 for its upper layers.</param>
    /// <returns>The mean squared error of a visible unit's reconstruction, by epoch.</returns>
    public static IReadOnlyList<double> Fit(
        RestrictedBoltzmannMachine machine, Tensor rows, ContrastiveDivergenceOptions options, PretrainingLoop loop, string stage, double up = 1, double down = 1)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loop);
        using var noGrad = new NoGrad();
        using var ascent = new GradientAscent([(machine.Weight, true), (machine.HiddenBias, false), (machine.VisibleBias, false)]);
        return loop.Run(stage, rows, options.Epochs, options.BatchSize, (batch, epoch) =>
        {
            var made = Reconstruct(machine, batch, options.Steps, up, down);
            var (weight, hidden, visible) = machine.Contrast(batch, made, up);
            ascent.Step([weight, hidden, visible], options.LearningRate, epoch <= InitialEpochs ? Math.Min(InitialMomentum, options.Momentum) : options.Momentum, options.WeightDecay);
            return Functional.MseLoss(made, batch).Item();
        });
    }

    /// <summary>
    /// Trains the layers of a network one after another as Boltzmann machines, each on the hidden probabilities of the one
    /// below (Hinton, Osindero &amp; Teh 2006, doi:10.1162/neco.2006.18.7.1527): a deep belief network.
    /// </summary>
    /// <param name="layers">The layers, the lowest first; each has as many inputs as the one below has units.</param>
    /// <param name="rows">[N, inputs], standardised.</param>
    /// <param name="gaussian">How the lowest is trained, whose visible units are Gaussian.</param>
    /// <param name="bernoulli">How the others are.</param>
    /// <param name="loop">The loop.</param>
    public static void FitGreedily(
        IReadOnlyList<Linear> layers, Tensor rows, ContrastiveDivergenceOptions gaussian, ContrastiveDivergenceOptions bernoulli, PretrainingLoop loop)
    {
        ArgumentNullException.ThrowIfNull(layers);
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        for (var i = 0; i < layers.Count; i++)
        {
            using var machine = new RestrictedBoltzmannMachine(layers[i], i == 0 ? VisibleUnits.Gaussian : VisibleUnits.Bernoulli);
            var options = i == 0 ? gaussian : bernoulli;
            machine.Start(rows, options);
            Fit(machine, rows, options, loop, string.Create(CultureInfo.InvariantCulture, $"Boltzmann machine {i + 1}"));
            rows = machine.HiddenProbabilities(rows);
        }
    }
}

/// <summary>How <see cref="ContrastiveDivergence"/> learns. The defaults are for Gaussian visible units, which need smaller steps than others.</summary>
public sealed record ContrastiveDivergenceOptions : IValidatedSettings
{
    /// <summary>Passes over the rows; 0 leaves the layer as it is.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Rows a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 0.005;

    /// <summary>Steps of Gibbs sampling, the k of CD-k.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Momentum from the sixth epoch on; before, it is at most 0.5.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 2e-4;

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => PretrainingProblems.Of(
        ("epochs", Epochs, Epochs >= 0, "at least 0"),
        ("batch-size", BatchSize, BatchSize >= 1, "at least 1"),
        ("learning-rate", LearningRate, LearningRate > 0, "greater than 0"),
        ("steps", Steps, Steps >= 1, "at least 1"),
        ("momentum", Momentum, Momentum is >= 0 and < 1, "in [0, 1)"),
        ("weight-decay", WeightDecay, WeightDecay >= 0, "at least 0"));
}
