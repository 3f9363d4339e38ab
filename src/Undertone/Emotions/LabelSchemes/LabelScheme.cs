namespace Undertone.Emotions.LabelSchemes;

/// <summary>
/// A set of classes that corpora with different labels are brought to. It is a table: each row says which class a label
/// becomes. A label without a row has no counterpart, and its utterances are left out and counted.
/// </summary>
public abstract class LabelScheme
{
    /// <summary>The name in experiment files: <c>big-four</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a sentence or two.</summary>
    public abstract string Summary { get; }

    /// <summary>Where it comes from.</summary>
    public abstract string Citation { get; }

    /// <summary>The classes in reporting order; empty where a corpus keeps its own.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The table, by class and then label; a row without a class names a label that is left out on purpose.</summary>
    public abstract IReadOnlyList<LabelRule> Table { get; }

    /// <summary>The class of a label.</summary>
    /// <param name="label">A corpus's label, by its canonical name.</param>
    /// <returns>One of <see cref="Classes"/>, or null where the label has no counterpart.</returns>
    public virtual string? ClassOf(string label) => Table.FirstOrDefault(r => r.Label == label)?.Class;

    private protected static IEnumerable<LabelRule> To(string? target, string reason, params IEnumerable<string> labels) =>
        labels.Select(label => new LabelRule(label, target, reason));
}

/// <summary>A row of a scheme's table.</summary>
/// <param name="Label">A corpus's label.</param>
/// <param name="Class">The class that it becomes; null where it is left out.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record LabelRule(string Label, string? Class, string Reason);
