namespace Undertone.Evaluation.Calibration;

/// <summary>What calibration looks at of a row: how sure the system was of its prediction, and whether it was right.</summary>
/// <param name="Confidence">The probability of the predicted class.</param>
/// <param name="IsRight">Whether it is the true class.</param>
/// <param name="Truth">The position of the true class.</param>
internal readonly record struct Judgement(double Confidence, bool IsRight, int Truth)
{
    /// <summary>One judgement a row, in the table's order.</summary>
    /// <exception cref="UndertoneException">The table has no probabilities.</exception>
    public static Judgement[] Of(PredictionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Require(table);
        var position = table.Classes.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        return [.. table.Rows.Select(r => new Judgement(r.Probabilities![position[r.Predicted]], r.True == r.Predicted, position[r.True]))];
    }

    public static void Require(PredictionTable table)
    {
        if (!table.HasProbabilities)
        {
            throw new UndertoneException("calibration is judged by probabilities, and the predictions have none; expected a column p(<class>) for each class.");
        }
    }
}
