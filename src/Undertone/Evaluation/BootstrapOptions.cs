namespace Undertone.Evaluation;

/// <summary>How <see cref="ClusterBootstrap"/> draws.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Chooses the draws: the same seed and the same speakers give the same ones. 0.</summary>
    public int Seed { get; init; }

    /// <summary>How many draws of as many speakers as there are, at least 1. 2000.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>The share of draws inside an interval, in (0, 1). 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 1);
        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Confidence), Confidence, "Expected a share between 0 and 1.");
        }
    }
}

/// <summary>The rows of one system, or of one part of the utterances, that are scored together.</summary>
/// <param name="Rows">Prediction rows in any order, at least one; an utterance may occur again, as with several seeds.</param>
/// <param name="Classes">The classes, in the order of the rows' probabilities, as <see cref="Metrics.Metric.Evaluate"/> asks for.</param>
public sealed record ScoredRows(IReadOnlyCollection<PredictionRow> Rows, IReadOnlyList<string> Classes)
{
    /// <summary>The rows of a table.</summary>
    /// <param name="table">The table.</param>
    public static ScoredRows Of(PredictionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ScoredRows(table.Rows, table.Classes);
    }
}
