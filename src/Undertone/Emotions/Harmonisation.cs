using Undertone.Emotions.LabelSchemes;

namespace Undertone.Emotions;

/// <summary>How the labels of several corpora are brought to the same classes: a scheme, and what an experiment changes of its table.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Overrides">Rows that replace the scheme's.</param>
/// <param name="Chosen">The classes that are used; empty for all of the scheme's.</param>
public sealed record Harmonisation(LabelScheme Scheme, IReadOnlyList<LabelOverride> Overrides, IReadOnlyList<string> Chosen)
{
    /// <summary>Every corpus keeps its own labels.</summary>
    public static Harmonisation None { get; } = new(new Native(), [], []);

    /// <summary>Whether every corpus keeps its own labels and nothing is left out.</summary>
    public bool IsNative => Scheme is Native && Overrides.Count == 0 && Chosen.Count == 0;

    /// <summary>The classes in reporting order; empty where each corpus has its own.</summary>
    public IReadOnlyList<string> Classes => Chosen.Count > 0 ? Chosen : Scheme.Classes;

    /// <summary>The class of a corpus's label: the override for that corpus, else the override for all, else the scheme's.</summary>
    /// <param name="corpus">The corpus's name.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The class; null where the label's utterances are left out.</returns>
    public string? ClassOf(string corpus, string label)
    {
        var changed = Overrides.LastOrDefault(o => o.Label == label && o.Corpus == corpus) ?? Overrides.LastOrDefault(o => o.Label == label && o.Corpus is null);
        var target = changed is null ? Scheme.ClassOf(label) : changed.Class;
        return target is not null && (Chosen.Count == 0 || Chosen.Contains(target)) ? target : null;
    }
}

/// <summary>A row that an experiment puts in place of a scheme's.</summary>
/// <param name="Corpus">The corpus that it is for; null for all.</param>
/// <param name="Label">The label.</param>
/// <param name="Class">The class that it becomes; null to leave its utterances out.</param>
public sealed record LabelOverride(string? Corpus, string Label, string? Class);
