using System.Diagnostics.CodeAnalysis;
using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Reports;

/// <summary>All that a report is written from: an experiment and its trials, as they lie in a run folder or in docs/results.</summary>
public sealed record ReportInput
{
    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the experiment is for, in words; may be null.</summary>
    public string? Description { get; init; }

    /// <summary>The experiment as resolved, every default written out (YAML).</summary>
    public string ExperimentYaml { get; init; } = "";

    /// <summary>SHA-256 of <see cref="ExperimentYaml"/>, lower-case hex.</summary>
    public string ExperimentHash { get; init; } = "";

    /// <summary>The claims that the report judges.</summary>
    public IReadOnlyList<ExperimentClaim> Claims { get; init; } = [];

    /// <summary>The corpora, in the experiment's order.</summary>
    public IReadOnlyList<ReportCorpus> Corpora { get; init; } = [];

    /// <summary>The finished trials, by name.</summary>
    public required IReadOnlyList<ReportTrial> Trials { get; init; }

    /// <summary>The finished trials of regressions, by name.</summary>
    public IReadOnlyList<RegressionTrial> Regressions { get; init; } = [];

    /// <summary>Every finished trial.</summary>
    public IReadOnlyList<FinishedTrial> Finished => [.. Trials, .. Regressions];

    /// <summary>The trials that failed, by name.</summary>
    public IReadOnlyList<FailedTrial> Failures { get; init; } = [];

    /// <summary>Versions of what computed the trials: name and version.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions { get; init; } = [];

    /// <summary>The command that runs the experiment again.</summary>
    public string Command { get; init; } = "";
}

/// <summary>A corpus as a run used it.</summary>
public sealed record ReportCorpus
{
    /// <summary>The corpus's name: <c>emodb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its card; null for a corpus that the catalog does not know.</summary>
    public CorpusCard? Card { get; init; }

    /// <summary>The number of utterances used.</summary>
    public int Utterances { get; init; }

    /// <summary>The number of speakers heard in them.</summary>
    public int Speakers { get; init; }

    /// <summary>The utterances themselves; empty where they were not kept.</summary>
    public IReadOnlyList<Utterance> Heard { get; init; } = [];

    /// <summary>Their whole duration in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>What became of its labels (<c>labels.csv</c>); empty where it keeps its own.</summary>
    public IReadOnlyList<LabelsRow> Labels { get; init; } = [];

    /// <summary>What was learned in place of the emotion, with how many utterances say it and how many were left out (<c>target.csv</c>); empty for the emotion.</summary>
    public string Target { get; init; } = "";

    /// <summary>Files that were left out, with the reason.</summary>
    public IReadOnlyList<UnreadableFile> LeftOut { get; init; } = [];
}

/// <summary>A trial that failed.</summary>
/// <param name="Name">The trial's name.</param>
/// <param name="Reason">Why, from its log.</param>
public sealed record FailedTrial(string Name, string Reason);

/// <summary>One finished trial: what it was.</summary>
public record FinishedTrial
{
    /// <summary>The trial's name, and its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>The test speakers' corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The system.</summary>
    public required string System { get; init; }

    /// <summary>The variant; empty where the experiment has none.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The protocol's short name: <c>loso</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The protocol's kind: <c>leave-one-speaker-out</c>.</summary>
    public required string ProtocolKind { get; init; }

    /// <summary>The fold within the protocol.</summary>
    public required string Fold { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The badge that the audit gave: <c>speaker-independent, adapted</c>.</summary>
    public required Badge Badge { get; init; }

    /// <summary>The settings that the trial ran with, as JSON.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The ids of its utterances by part; null where they were not kept.</summary>
    public TrialSplit? Split { get; init; }

    /// <summary>What the leakage audit found in its split; null where that was not kept.</summary>
    public TrialAudit? Audit { get; init; }

    /// <summary>SHA-256 of all that decides the trial's predictions, lower-case hex.</summary>
    public string SpecHash { get; init; } = "";

    /// <summary>When the trial's process started; null where that is not known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The run and trial that this one was taken over from; null where it was run here.</summary>
    public string? TakenFrom { get; init; }

    /// <summary>Wall-clock seconds from the trial's start to its end; NaN where it did not say.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>What the fitted system costs to keep and to use; null where the trial did not say.</summary>
    public ModelCost? Cost { get; init; }

    /// <summary>Its training history; empty where it has none.</summary>
    public IReadOnlyList<EpochRecord> History { get; init; } = [];
}

/// <summary>One finished trial that told classes apart, with its rows.</summary>
public sealed record ReportTrial : FinishedTrial
{
    /// <summary>An empty trial, for an initialiser.</summary>
    public ReportTrial()
    {
    }

    /// <summary>Puts rows to what a trial was.</summary>
    /// <param name="trial">What it was.</param>
    /// <param name="test">Its test rows.</param>
    /// <param name="validation">Its validation rows, or null.</param>
    [SetsRequiredMembers]
    public ReportTrial(FinishedTrial trial, PredictionTable test, PredictionTable? validation)
        : base(trial) => (Test, Validation) = (test, validation);

    /// <summary>Its test rows.</summary>
    public required PredictionTable Test { get; init; }

    /// <summary>Its validation rows; null where it has none.</summary>
    public PredictionTable? Validation { get; init; }
}

/// <summary>One finished trial of a regression, with its rows.</summary>
public sealed record RegressionTrial : FinishedTrial
{
    /// <summary>An empty trial, for an initialiser.</summary>
    public RegressionTrial()
    {
    }

    /// <summary>Puts rows to what a trial was.</summary>
    /// <param name="trial">What it was.</param>
    /// <param name="test">Its test rows.</param>
    /// <param name="validation">Its validation rows, or null.</param>
    [SetsRequiredMembers]
    public RegressionTrial(FinishedTrial trial, RegressionTable test, RegressionTable? validation)
        : base(trial) => (Test, Validation) = (test, validation);

    /// <summary>Its test rows.</summary>
    public required RegressionTable Test { get; init; }

    /// <summary>Its validation rows; null where it has none.</summary>
    public RegressionTable? Validation { get; init; }
}
