namespace Undertone.Features;

/// <summary>What one value of a feature set is.</summary>
/// <param name="Name">Its name, unique in the set: <c>mfcc[3]_delta</c>. Column names of tables are these.</param>
/// <param name="Unit">Its unit: <c>Hz</c>, <c>dB</c>, <c>semitones above 27.5 Hz</c>; <c>1</c> for a ratio or a coefficient without one.</param>
/// <param name="Source">Where the method is described: authors, year and DOI.</param>
public sealed record FeatureDescription(string Name, string Unit, string Source)
{
    /// <summary>Describes values that are counted: <c>name[0]</c>, <c>name[1]</c>…</summary>
    /// <param name="name">The name before the bracket.</param>
    /// <param name="count">How many.</param>
    /// <param name="unit">Their unit.</param>
    /// <param name="source">Where the method is described.</param>
    public static IReadOnlyList<FeatureDescription> Counted(string name, int count, string unit, string source) =>
        [.. Enumerable.Range(0, count).Select(i => new FeatureDescription(FormattableString.Invariant($"{name}[{i}]"), unit, source))];

    /// <summary>Puts the descriptions of deltas behind those of the values, as <see cref="Deltas.Append"/> puts the deltas.</summary>
    /// <param name="values">Descriptions of D values.</param>
    /// <param name="order">0, 1 or 2.</param>
    /// <returns>(1 + order) · D descriptions; the deltas are called <c>…_delta</c> and <c>…_delta2</c>.</returns>
    public static IReadOnlyList<FeatureDescription> WithDeltas(IReadOnlyList<FeatureDescription> values, int order)
    {
        ArgumentNullException.ThrowIfNull(values);
        IEnumerable<FeatureDescription> all = values;
        for (var level = 1; level <= order; level++)
        {
            var (suffix, unit) = level == 1 ? ("_delta", "frame") : ("_delta2", "frame²");
            all = all.Concat(values.Select(v => v with { Name = v.Name + suffix, Unit = $"{v.Unit} / {unit}" }));
        }

        return [.. all];
    }
}
