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

    /// <summary>The paper's own figures.</summary>
    public required IReadOnlyList<ReportedFigure> Reported { get; init; }

    /// <summary>Each choice with what it rests on, in the order of the pipeline.</summary>
    public required IReadOnlyList<PaperChoice> Choices { get; init; }

    /// <summary>What is done otherwise than in the paper, and why.</summary>
    public required IReadOnlyList<string> Deviations { get; init; }

    /// <summary>Learned values of the paper's network, where it prints or implies them; null where not.</summary>
    public long? Parameters { get; init; }

    /// <summary>
    /// Settings that differ from the printed ones in the repetition that was tuned here, by path; chosen on development
    /// speakers (docs/results/tuning.md). Empty where the printed ones stand.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tuned { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether any choice had to be made without the paper.</summary>
    public bool IsReconstruction => Choices.Any(c => c.Evidence == PaperEvidence.Reconstructed);
}

/// <summary>A figure that a paper prints.</summary>
/// <param name="Corpus">The corpus, by the catalog's name: <c>emodb</c>.</param>
/// <param name="Measure"><c>accuracy</c> or <c>UAR</c>, as the paper means it.</param>
/// <param name="Percent">The figure, in per cent.</param>
/// <param name="Source">Where it stands: the paper's table, or who quotes it.</param>
public sealed record ReportedFigure(string Corpus, string Measure, double Percent, string Source);

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
