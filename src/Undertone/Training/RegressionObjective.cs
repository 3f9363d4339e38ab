using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Brings a network's outputs close to standardised targets: by one minus the concordance correlation coefficient of each
/// batch (Lin 1989, doi:10.2307/2532051), which rewards the right order, mean and spread together, or by the squared
/// error. Epochs are compared by CCC over all validation utterances, the mean over targets.
/// </summary>
/// <param name="targets">The number of targets, T.</param>
/// <param name="settings">Which loss.</param>
public sealed class RegressionObjective(int targets, TrainingSettings settings) : TrainingObjective
{
    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<Example> train)
    {
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var wanted = new float[batch.Count * targets];
        for (var n = 0; n < batch.Count; n++)
        {
            for (var t = 0; t < targets; t++)
            {
                // Mixed utterances have mixed values; CCC, unlike cross-entropy, is no sum over utterances.
                var own = batch[n].Wanted![t];
                wanted[(n * targets) + t] = mixed is var (weight, partners)
                    ? (float)((weight * own) + ((1 - weight) * batch[partners[n]].Wanted![t]))
                    : own;
            }
        }

        var target = Tensor.From(wanted, batch.Count, targets).To(device);
        return settings.RegressionLoss == RegressionLoss.Mse ? Functional.MseLoss(outputs, target) : Functional.ConcordanceLoss(outputs, target);
    }

    /// <inheritdoc/>
    public override Tensor Answers(Tensor outputs) => outputs;

    /// <inheritdoc/>
    public override EpochScore Score(float[][] answers, IReadOnlyList<Example> validation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(validation);
        var (ccc, error) = (0.0, 0.0);
        for (var t = 0; t < targets; t++)
        {
            var (said, wanted) = (answers.Select(a => (double)a[t]).ToArray(), validation.Select(v => (double)v.Wanted![t]).ToArray());
            var (saidMean, wantedMean) = (said.Average(), wanted.Average());
            var (together, spread) = (0.0, 0.0);
            for (var n = 0; n < said.Length; n++)
            {
                var (x, y) = (said[n] - saidMean, wanted[n] - wantedMean);
                together += x * y;
                spread += (x * x) + (y * y);
                error += (said[n] - wanted[n]) * (said[n] - wanted[n]) / (said.Length * targets);
            }

            spread += said.Length * (saidMean - wantedMean) * (saidMean - wantedMean);
            ccc += (spread > 0 ? 2 * together / spread : double.NaN) / targets;
        }

        return new EpochScore(settings.RegressionLoss == RegressionLoss.Mse ? error : 1 - ccc, double.NaN, ccc);
    }
}
