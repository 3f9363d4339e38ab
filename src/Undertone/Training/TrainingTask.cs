using Undertone.Corpora;

namespace Undertone.Training;

/// <summary>What a system learns to say of an utterance: one of several classes, or the values of numeric targets.</summary>
public sealed record TrainingTask
{
    private TrainingTask(IReadOnlyList<string> classes, IReadOnlyList<string> targets) => (Classes, Targets) = (classes, targets);

    /// <summary>The classes, in output order; empty in a regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The targets of a regression, in output order: <c>arousal</c>, <c>valence</c>; empty where classes are learned.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Whether numbers are learned.</summary>
    public bool IsRegression => Targets.Count > 0;

    /// <summary>Whether the classes stand in their order, from weak to strong, as intensities do.</summary>
    public bool IsOrdered { get; private init; }

    /// <summary>The numbers that a network says of an utterance: one a class, or one a target.</summary>
    public int Outputs => Classes.Count + Targets.Count;

    /// <summary>What is to be learned of a corpus: its target's values, or its classes.</summary>
    /// <param name="corpus">The corpus, its target applied.</param>
    public static TrainingTask Of(CorpusData corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus.Target is { Target: { IsRegression: true } target } ? Regression(target.Columns) : Classification(corpus.Classes) with { IsOrdered = corpus.Target?.Target.IsOrdered ?? false };
    }

    /// <summary>One of several classes.</summary>
    /// <param name="classes">The classes, in output order.</param>
    public static TrainingTask Classification(IReadOnlyList<string> classes) => new(classes, []);

    /// <summary>The values of targets.</summary>
    /// <param name="targets">At least one column of <see cref="DimensionColumns"/>, in output order.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static TrainingTask Regression(IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.Count > 0 ? new([], targets) : throw new ArgumentException("A regression needs a target.", nameof(targets));
    }
}
