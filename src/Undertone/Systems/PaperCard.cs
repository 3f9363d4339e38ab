using System.Globalization;

namespace Undertone.Systems;

/// <summary>What a published system's paper says, what it leaves open, and what is done otherwise here.</summary>
public sealed record PaperCard
{
    /// <summary>Authors, title, journal, year and DOI.</summary>
    public required string Citation { get; init; }

    /// <summary>What the network hears: signal, length, spectrogram and its size.</summary>
    public required string Input { get; init; }

    /// <summary>How the paper trained.</summary>
    public required string Training { get; init; }

    /// <summary>How the paper split its corpora; says whether speakers are in training and test both.</summary>
    public required string Protocol { get; init; }

    /// <summary>The paper's kind of split as it is repeated here; null where the paper's cannot be repeated.</summary>
    public PaperSplit? Split { get; init; }

    /// <summary>The paper's own figures.</summary>
    public required IReadOnlyList<ReportedFigure> Reported { get; init; }

    /// <summary>Each choice with what it rests on, in the order of the pipeline.</summary>
    public required IReadOnlyList<PaperChoice> Choices { get; init; }

    /// <summary>What is done otherwise than in the paper, and why.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>Learned values of the paper's network, where it prints or implies them; null where not.</summary>
    public long? Parameters { get; init; }

    /// <summary>
    /// Settings that differ from the printed ones in the repetition that was tuned here, by path, as <see cref="SettingPath.Apply"/>
    /// takes them; chosen on development speakers (docs/results/tuning.md). Empty where the printed ones stand.
    /// </summary>
    public IReadOnlyDictionary<string, object> Tuned { get; init; } = new Dictionary<string, object>();

    /// <summary>What was tried to come nearer to the published figures, a sentence each, with what it gave; written by who tried it.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];

    /// <summary>Whether any choice had to be made without the paper.</summary>
    public bool IsReconstruction => Choices.Any(c => c.Evidence == PaperEvidence.Reconstructed);

    /// <summary>Applies <see cref="Tuned"/>.</summary>
    /// <param name="settings">Settings of the card's system.</param>
    /// <returns>The settings with the tuned ones changed.</returns>
    /// <exception cref="UndertoneException">The card names a setting that the system does not have.</exception>
    public SystemSettings Tune(SystemSettings settings) => Tuned.Aggregate(settings, (s, change) => SettingPath.Apply(s, change.Key, change.Value));
}

/// <summary>A paper's kind of split: a share of the utterances is tested, speakers not kept apart.</summary>
/// <param name="TestPercent">The share that is tested, in per cent.</param>
/// <param name="Evidence">What the share rests on.</param>
public sealed record PaperSplit(int TestPercent, PaperEvidence Evidence)
{
    /// <summary>Of a cross-validation in k folds: k. One fold of it is held out at each draw, which costs less than all of them.</summary>
    public int? Folds { get; init; }

    /// <summary>In words: <c>20 % of the utterances tested, drawn at random, speakers in training and test both</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TestPercent} % of the utterances tested, drawn at random, speakers in training and test both{(Folds is { } k ? $"; the paper's {k}-fold cross-validation, one fold of it a draw" : "")}{(Evidence == PaperEvidence.Reconstructed ? " (ours: the paper's own split was not seen)" : "")}");
}

/// <summary>A figure that a paper prints.</summary>
/// <param name="Corpus">The corpus, by the catalog's name: <c>emodb</c>.</param>
/// <param name="Measure"><c>accuracy</c> or <c>UAR</c>, as the paper means it.</param>
/// <param name="Percent">The figure, in per cent.</param>
/// <param name="Source">Where it stands: the paper's table, or who quotes it.</param>
public sealed record ReportedFigure(string Corpus, string Measure, double Percent, string Source)
{
    /// <summary>Whether the paper says that no test speaker was trained on.</summary>
    public bool SpeakersApart { get; init; }

    /// <summary>In words: <c>85.5 % accuracy</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent:0.##} % {Measure}");
}

/// <summary>One choice in a repetition.</summary>
/// <param name="What">The choice: <c>kernels of 9×1, 2×1, 3×1</c>.</param>
/// <param name="Evidence">What it rests on.</param>
public sealed record PaperChoice(string What, PaperEvidence Evidence);

/// <summary>What a choice rests on.</summary>
public enum PaperEvidence
{
    /// <summary>Stands in the paper, or in a file of a published repetition.</summary>
    Printed,

    /// <summary>Follows from figures that the paper prints, such as counts of parameters.</summary>
    Computed,

    /// <summary>Ours, where the paper is silent, contradicts itself or could not be read.</summary>
    Reconstructed,
}
