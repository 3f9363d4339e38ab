namespace Undertone.Corpora;

/// <summary>The numeric columns of an utterance that can be learned.</summary>
public static class DimensionColumns
{
    /// <summary>Their names, as in <c>utterances.csv</c> and in an experiment's <c>target</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["arousal", "valence", "dominance"];

    /// <summary>An utterance's value.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="column">One of <see cref="Names"/>.</param>
    /// <returns>The value on the corpus's own scale, or null where it was not rated.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static double? ValueOf(Utterance utterance, string column)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        return column switch
        {
            "arousal" => utterance.Arousal,
            "valence" => utterance.Valence,
            "dominance" => utterance.Dominance,
            _ => throw new ArgumentException($"'{column}' is no numeric column of an utterance{NearestName.Hint(column, Names)}", nameof(column)),
        };
    }

    /// <summary>An utterance's values on several columns.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="columns">Columns of <see cref="Names"/>.</param>
    /// <exception cref="InvalidOperationException">The utterance lacks one of them.</exception>
    public static double[] ValuesOf(Utterance utterance, IReadOnlyList<string> columns) =>
        [.. columns.Select(c => ValueOf(utterance, c) ?? throw new InvalidOperationException($"The utterance '{utterance.Id}' has no {c}."))];
}
