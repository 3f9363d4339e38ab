using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Evaluation.Analysers;

/// <summary>Reads results and says what a person should not miss. One concern each; <see cref="AnalyserCatalog"/> lists them.</summary>
public abstract class Analyser
{
    /// <summary>The analyser's name: <c>class-never-predicted</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Looks at one result.</summary>
    /// <param name="input">The result and what led to it.</param>
    /// <returns>What was found; nothing where the input lacks what this analyser needs.</returns>
    public abstract IReadOnlyList<Finding> Analyse(AnalysisInput input);

    private protected Finding Warn(string message) => new(Name, FindingLevel.Warning, message);

    private protected Finding Note(string message) => new(Name, FindingLevel.Note, message);

    private protected static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0} %");

    private protected static string Few(IReadOnlyList<string> names) =>
        names.Count <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more";
}

/// <summary>How much a finding weighs.</summary>
public enum FindingLevel
{
    /// <summary>Good to know when reading the numbers.</summary>
    Note,

    /// <summary>The numbers do not mean what they seem to.</summary>
    Warning,
}

/// <summary>Something that a person should not miss.</summary>
/// <param name="Analyser">Who found it.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Message">One or two sentences.</param>
public sealed record Finding(string Analyser, FindingLevel Level, string Message);

/// <summary>One result: a system on a corpus under a protocol with a seed, its folds pooled.</summary>
public sealed record AnalysisInput
{
    /// <summary>Scores of all test rows.</summary>
    public required ClassificationScores Test { get; init; }

    /// <summary>The interval of the test UAR, where there is one.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Scores of all validation rows, where there were any.</summary>
    public ClassificationScores? Validation { get; init; }

    /// <summary>The corpus, where it is at hand.</summary>
    public CorpusData? Corpus { get; init; }

    /// <summary>The protocol's folds, where they are at hand.</summary>
    public IReadOnlyList<Split> Splits { get; init; } = [];
}
