using System.Globalization;

namespace Undertone.Evaluation.Fairness;

/// <summary>
/// What is known of utterances beside their label, by name: gender, age, language, or any other column of
/// <c>utterances.csv</c>. An empty value is an unknown one.
/// </summary>
public sealed class GroupAttributes
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _byUtterance;

    /// <summary>Takes the attributes.</summary>
    /// <param name="byUtterance">Utterance id to its attributes.</param>
    public GroupAttributes(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> byUtterance)
    {
        ArgumentNullException.ThrowIfNull(byUtterance);
        _byUtterance = byUtterance;
        Names = [.. byUtterance.Values.SelectMany(a => a.Keys).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The attributes that any utterance has, by name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Puts prediction rows into groups by an attribute. The ages of a column of numbers called <c>age</c> are grouped by
    /// decade (<c>20-29</c>).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="attribute">The attribute's name.</param>
    /// <returns>Group to rows, by name; rows whose value is unknown are in none.</returns>
    /// <exception cref="UndertoneException">There is no such attribute.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<PredictionRow>> Group(IEnumerable<PredictionRow> rows, string attribute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!Names.Contains(attribute))
        {
            throw new UndertoneException($"no utterance has a column '{attribute}'{NearestName.Hint(attribute, Names)}");
        }

        var groups = new SortedDictionary<string, IReadOnlyList<PredictionRow>>(StringComparer.Ordinal);
        foreach (var group in rows.Select(r => (Row: r, Value: ValueOf(r.Utterance, attribute))).Where(r => r.Value.Length > 0).GroupBy(r => r.Value, r => r.Row))
        {
            groups.Add(group.Key, [.. group]);
        }

        return groups;
    }

    private string ValueOf(string utterance, string attribute)
    {
        var value = _byUtterance.GetValueOrDefault(utterance)?.GetValueOrDefault(attribute) ?? "";
        return attribute == "age" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var age) && age is >= 0 and < 200
            ? Decade((int)age / 10 * 10)
            : value;
    }

    private static string Decade(int from) => string.Create(CultureInfo.InvariantCulture, $"{from:00}-{from + 9:00}");
}
