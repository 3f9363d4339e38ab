using Undertone.Corpora;
using Undertone.Emotions;

namespace Undertone.Experiments;

/// <summary>The label scheme of an experiment, its changes to the scheme's table, and where each of them stands.</summary>
public sealed record ExperimentLabels
{
    /// <summary>Every corpus keeps its own labels.</summary>
    public static ExperimentLabels Native { get; } = new();

    /// <summary>The scheme with its changes.</summary>
    public Harmonisation Harmonisation { get; init; } = Harmonisation.None;

    /// <summary>Where the scheme is named.</summary>
    internal string Where { get; init; } = string.Empty;

    /// <summary>Where each override stands.</summary>
    internal IReadOnlyDictionary<LabelOverride, string> OverrideLocations { get; init; } = new Dictionary<LabelOverride, string>();

    /// <summary>Brings all corpora of an experiment to the scheme's classes.</summary>
    /// <param name="corpora">All of them as read, with their own labels.</param>
    /// <returns>The corpora in the same order.</returns>
    /// <exception cref="UndertoneException">
    /// An override names a label that no corpus has, a corpus is left with one class or none, or a class of the scheme occurs
    /// in none of the corpora; the message names file and line.
    /// </exception>
    public IReadOnlyList<CorpusData> Apply(IReadOnlyList<CorpusData> corpora)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        if (Harmonisation.IsNative)
        {
            return corpora;
        }

        foreach (var change in Harmonisation.Overrides)
        {
            RequireLabel(change, corpora);
        }

        List<CorpusData> harmonised = [.. corpora.Select(c => CorpusHarmonisation.Apply(c, Harmonisation))];
        foreach (var corpus in harmonised.Where(c => c.Classes.Count < 2))
        {
            throw new UndertoneException(
                $"{Where}: under the label scheme '{Harmonisation.Scheme.Name}' the corpus '{corpus.Card.Name}' is left with {(corpus.Classes.Count == 0 ? "no class" : $"one class, '{corpus.Classes[0]}'")}; "
                + $"expected at least two. Its labels are {Labels(corpus)}: map more of them to classes (labels: {{ scheme: {Harmonisation.Scheme.Name}, map: {{ LABEL: CLASS }} }}), or leave the corpus out.");
        }

        var occurring = harmonised.SelectMany(c => c.Classes).ToHashSet();
        if (Harmonisation.Classes.FirstOrDefault(c => !occurring.Contains(c)) is { } missing)
        {
            var left = Harmonisation.Classes.Where(occurring.Contains);
            var lost = harmonised.SelectMany(c => c.Labels!.LeftOut.Select(l => l.Label)).Distinct().ToList();
            throw new UndertoneException(
                $"{Where}: the class '{missing}' of the label scheme '{Harmonisation.Scheme.Name}' vanishes: no utterance of {string.Join(", ", corpora.Select(c => c.Card.Name))} is mapped to it. "
                + $"{(lost.Count == 0 ? "" : $"Left out are {string.Join(", ", lost)}. ")}Map a label to it, or say that it is left out on purpose: labels: {{ scheme: {Harmonisation.Scheme.Name}, classes: [{string.Join(", ", left)}] }}.");
        }

        return harmonised;
    }

    private void RequireLabel(LabelOverride change, IReadOnlyList<CorpusData> corpora)
    {
        var meant = corpora.Where(c => change.Corpus is null || c.Card.Name == change.Corpus).ToList();
        var known = meant.SelectMany(c => c.Classes.Concat(c.Card.Classes.Select(l => l.Key))).Distinct().ToList();
        if (!known.Contains(change.Label))
        {
            throw new UndertoneException(
                $"{OverrideLocations.GetValueOrDefault(change, Where)}: {(change.Corpus is null ? "no corpus of the experiment" : $"the corpus '{change.Corpus}'")} has {(change.Corpus is null ? "a" : "no")} label '{change.Label}'"
                + NearestName.Hint(change.Label, known));
        }
    }

    private static string Labels(CorpusData corpus) => string.Join(", ", corpus.Labels!.Counts.Select(c => $"{c.Label} ({c.Class ?? "left out"})"));
}
