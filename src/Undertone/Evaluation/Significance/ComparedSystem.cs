using Undertone.Protocols;

namespace Undertone.Evaluation.Significance;

/// <summary>One system in a <see cref="SystemComparison"/>.</summary>
/// <param name="Name">The system's name, with its variant.</param>
/// <param name="Badge">The badge that the audit gave its scores.</param>
/// <param name="Trials">Its trials: one for each fold and seed.</param>
public sealed record ComparedSystem(string Name, Badge Badge, IReadOnlyList<ComparedTrial> Trials);

/// <summary>The test rows of one fold and seed.</summary>
/// <param name="Fold">The fold's name; folds of the same name are the same in all systems.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Test">The test predictions.</param>
/// <param name="TrainUtterances">How many utterances were trained on; null where that is unknown.</param>
public sealed record ComparedTrial(string Fold, int Seed, PredictionTable Test, int? TrainUtterances);

/// <summary>How systems are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The level of all tests, in (0, 0.5]. 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Metrics whose differences get intervals beside that of UAR, which is always there. None.</summary>
    public IReadOnlyList<Metrics.Metric> Metrics { get; init; } = [];

    /// <summary>How intervals are drawn.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();
}
