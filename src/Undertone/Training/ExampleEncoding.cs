using Undertone.Corpora;
using Undertone.Features;

namespace Undertone.Training;

/// <summary>How a task's utterances become a network's examples, and its answers what was asked for.</summary>
/// <param name="Task">What is learned.</param>
/// <param name="Targets">The targets' scale in a regression; otherwise null.</param>
/// <param name="SoftLabels">What soft labels are made of; null for the label alone.</param>
public sealed record ExampleEncoding(TrainingTask Task, TargetScaler? Targets, SoftLabelSource? SoftLabels = null)
{
    private readonly Dictionary<string, int> _labels =
        Task.Classes.Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);

    /// <summary>Learns a task's encoding.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="settings">Whether labels are soft.</param>
    /// <param name="train">The training utterances, which alone decide the targets' scale.</param>
    /// <exception cref="UndertoneException">A target is the same number in all of them.</exception>
    public static ExampleEncoding Fit(TrainingTask task, TrainingSettings settings, IReadOnlyList<Utterance> train)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(settings);
        return task.IsRegression
            ? new(task, TargetScaler.Fit([.. train.Select(u => DimensionColumns.ValuesOf(u, task.Targets))], task.Targets))
            : new(task, null, settings.SoftLabels);
    }

    /// <summary>An utterance as a network sees it.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="features">Its normalised features.</param>
    public Example Encode(Utterance utterance, FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        return Targets is not null
            ? new Example(features, -1) { Wanted = Targets.Standardise(DimensionColumns.ValuesOf(utterance, Task.Targets)) }
            : new Example(features, _labels[utterance.Emotion])
            {
                Wanted = SoftLabels is null ? null : Training.SoftLabels.Of(utterance, Task.Classes),
            };
    }

    /// <summary>What a network is trained towards.</summary>
    /// <param name="settings">How it is trained.</param>
    public TrainingObjective Objective(TrainingSettings settings) =>
        Task.IsRegression ? new RegressionObjective(Task.Targets.Count, settings) : new ClassificationObjective(Task.Classes.Count, settings);
}
