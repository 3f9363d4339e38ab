using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>Brings a corpus's labels to the classes of a harmonisation.</summary>
public static class CorpusHarmonisation
{
    /// <summary>
    /// Gives every utterance its class and leaves out those without one. Under <see cref="Harmonisation.IsNative"/> the
    /// corpus stays as it is; otherwise <see cref="CorpusData.Labels"/> says what became of each label.
    /// </summary>
    /// <param name="corpus">The corpus as read.</param>
    /// <param name="harmonisation">The scheme and its overrides.</param>
    public static CorpusData Apply(CorpusData corpus, Harmonisation harmonisation)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(harmonisation);
        if (harmonisation.IsNative)
        {
            return corpus;
        }

        string? ClassOf(string label) => harmonisation.ClassOf(corpus.Card.Name, label);

        // Votes are brought to the classes too. One without a counterpart stays as it is, and is never taken for a class of that name.
        EmotionVotes? Votes(EmotionVotes? votes) => votes is null
            ? null
            : new EmotionVotes(votes.All.Select(v => v with { Emotion = ClassOf(v.Emotion) ?? (harmonisation.Classes.Contains(v.Emotion) ? Emotion.Other : v.Emotion) }));

        var complete = corpus.Card.Classes.Select(c => (Class: ClassOf(c.Key), Count: c.Value)).Where(c => c.Class is not null).ToList();
        IReadOnlyList<string> order = harmonisation.Classes.Count > 0 ? harmonisation.Classes : [.. complete.Select(c => c.Class!).Distinct()];
        return corpus with
        {
            Card = corpus.Card with { Classes = [.. order.Select(name => KeyValuePair.Create(name, complete.Where(c => c.Class == name).Sum(c => c.Count)))] },
            Utterances = [.. from u in corpus.Utterances let name = ClassOf(u.Emotion) where name is not null select u with { Emotion = name, Votes = Votes(u.Votes) }],
            Labels = new CorpusLabels(
                harmonisation.Scheme.Name,
                [.. corpus.Classes.Select(label => new LabelCount(label, ClassOf(label), corpus.Utterances.Count(u => u.Emotion == label)))])
            {
                LeftOutUtterances = corpus.Utterances.Where(u => ClassOf(u.Emotion) is null).Select(u => u.Id).ToHashSet(),
            },
        };
    }
}

/// <summary>What a harmonisation made of a corpus's labels.</summary>
/// <param name="Scheme">The scheme's name.</param>
/// <param name="Counts">One row a label that occurs, in the corpus's order.</param>
public sealed record CorpusLabels(string Scheme, IReadOnlyList<LabelCount> Counts)
{
    /// <summary>The labels whose utterances were left out.</summary>
    public IReadOnlyList<LabelCount> LeftOut => [.. Counts.Where(c => c.Class is null)];

    /// <summary>The ids of the utterances that were left out.</summary>
    public IReadOnlySet<string> LeftOutUtterances { get; init; } = new HashSet<string>();
}

/// <summary>A label of a corpus, the class that it became and its utterances.</summary>
/// <param name="Label">The corpus's own label.</param>
/// <param name="Class">The class; null where the utterances were left out.</param>
/// <param name="Utterances">How many utterances have the label.</param>
public sealed record LabelCount(string Label, string? Class, int Utterances);
