namespace Undertone.Evaluation.Calibration;

/// <summary>
/// Temperature scaling (Guo et al. 2017, On calibration of modern neural networks, arXiv:1706.04599): probabilities to
/// the power of 1 / T, divided by their sum. The one number T is fitted on validation rows, never on test rows, by
/// minimising log loss. A T above 1 tells an overconfident system. The most probable class stays the most probable.
/// Since a softmax forgets only a constant of its logits, dividing the logits by T is the same.
/// </summary>
/// <param name="Temperature">T, above 0.</param>
public sealed record TemperatureScaling(double Temperature)
{
    /// <summary>The least temperature that is fitted. Where all validation rows are right, less would always be better.</summary>
    public const double Least = 0.01;

    /// <summary>The greatest temperature that is fitted. Where validation rows are no better than guesses, more would always be better.</summary>
    public const double Greatest = 100;

    // Below this slope the loss is flat to the last digits, as it is where all probabilities are equal.
    private const double Flat = 1e-13;

    /// <summary>Fits the temperature. Log loss is convex in 1 / T, so there is one minimum, found by bisection of its slope.</summary>
    /// <param name="validation">Validation rows with probabilities, at least one.</param>
    /// <returns>
    /// The temperature from <see cref="Least"/> to <see cref="Greatest"/> with the least log loss; 1 where every
    /// temperature has the same.
    /// </returns>
    /// <exception cref="UndertoneException">There are no rows, or no probabilities.</exception>
    public static TemperatureScaling Fit(PredictionTable validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        if (validation.Rows.Count == 0)
        {
            throw new UndertoneException("no validation rows to fit a temperature on; expected at least one.");
        }

        var truths = Array.ConvertAll(Judgement.Of(validation), j => j.Truth);
        var logs = validation.Rows.Select(r => Logs(r.Probabilities!)).ToList();
        double low = Math.Log(1 / Greatest), high = Math.Log(1 / Least);
        if (Math.Abs(Slope(logs, truths, 1)) < Flat)
        {
            return new(1);
        }

        while ((low + high) / 2 is var middle && middle > low && middle < high)
        {
            (low, high) = Slope(logs, truths, Math.Exp(middle)) > 0 ? (low, middle) : (middle, high);
        }

        var fitted = new TemperatureScaling(Math.Clamp(Math.Exp(-high), Least, Greatest));
        return Loss(fitted) <= Loss(new(1)) ? fitted : new(1);

        double Loss(TemperatureScaling scaling) =>
            new LogLoss().Evaluate([.. validation.Rows.Select(scaling.Apply)], validation.Classes);
    }

    /// <summary>Scales the probabilities of rows; what each row predicts stays.</summary>
    /// <param name="table">Rows with probabilities.</param>
    /// <exception cref="UndertoneException">The predictions have no probabilities.</exception>
    public PredictionTable Apply(PredictionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Judgement.Require(table);
        return new PredictionTable(table.Classes, [.. table.Rows.Select(Apply)]);
    }

    /// <summary>Scales the probabilities of one row.</summary>
    /// <param name="probabilities">Probabilities, length C; a zero counts as <see cref="LogLoss.Least"/>.</param>
    /// <returns>As many, which sum to 1.</returns>
    public double[] Apply(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!(Temperature > 0 && double.IsFinite(Temperature)))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The temperature is {Temperature}; expected a number above 0."));
        }

        return Softmax(Logs(probabilities), 1 / Temperature);
    }

    private static double[] Logs(IReadOnlyList<double> probabilities) => [.. probabilities.Select(p => Math.Log(Math.Max(p, LogLoss.Least)))];

    private static double[] Softmax(double[] logs, double inverse)
    {
        var greatest = logs.Max();
        double[] weights = [.. logs.Select(l => Math.Exp((l - greatest) * inverse))];
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    /// <summary>The slope of log loss over 1 / T: the expected log probability less that of the true class.</summary>
    private static double Slope(List<double[]> logs, int[] truths, double inverse)
    {
        double slope = 0;
        for (var i = 0; i < truths.Length; i++)
        {
            var row = logs[i];
            double greatest = row.Max(), weights = 0, weighted = 0;
            foreach (var log in row)
            {
                var weight = Math.Exp((log - greatest) * inverse);
                weights += weight;
                weighted += weight * (log - row[truths[i]]);
            }

            slope += weighted / weights;
        }

        return slope / truths.Length;
    }

    private PredictionRow Apply(PredictionRow row) => row with { Probabilities = Apply(row.Probabilities!) };
}
