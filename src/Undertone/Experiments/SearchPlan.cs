using System.Globalization;
using System.Text.Json.Nodes;
using Undertone.Systems;

namespace Undertone.Experiments;

/// <summary>
/// A search for hyper-parameters inside each fold's training speakers: every combination of the listed values (grid
/// search), or random draws of them (Bergstra &amp; Bengio 2012, Random search for hyper-parameter optimization, Journal
/// of Machine Learning Research 13). Test speakers have no part in it, so scores keep their badge.
/// </summary>
/// <param name="Over">The settings that are searched, in the file's order.</param>
/// <param name="Draws">How many random draws; null for every combination.</param>
/// <param name="Groups">Into how many groups the training speakers are parted; each group is tested once by every candidate.</param>
public sealed record SearchPlan(IReadOnlyList<SearchedSetting> Over, int? Draws, int Groups)
{
    /// <summary>The number of groups where the file does not say.</summary>
    public const int DefaultGroups = 3;

    /// <summary>The candidates; the same for every fold of a seed.</summary>
    /// <param name="seed">The trial's seed; it chooses random draws.</param>
    /// <returns>At least one candidate, each a value for every searched setting, without repetitions.</returns>
    public IReadOnlyList<SearchCandidate> Candidates(int seed)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> all = [[]];
        if (Draws is not { } draws)
        {
            foreach (var setting in Over)
            {
                all = all.SelectMany(c => setting.Values.Select(v => (IReadOnlyList<KeyValuePair<string, object?>>)[.. c, new(setting.Path, v)]));
            }

            return [.. all.Select(c => new SearchCandidate(c))];
        }

        var random = SeededRandom.From(seed, "hyper-parameter-search");
        var drawn = Enumerable.Range(0, draws)
            .Select(_ => new SearchCandidate([.. Over.Select(s => KeyValuePair.Create(s.Path, s.Draw(random)))]))
            .ToList();
        return [.. drawn.DistinctBy(c => c.Label)];
    }

    internal JsonObject Json() => new()
    {
        ["over"] = new JsonObject(Over.Select(s => KeyValuePair.Create(s.Path, s.Json()))),
        ["draws"] = Draws,
        ["groups"] = Groups,
    };
}

/// <summary>One setting of a search: listed values, or a range to draw from.</summary>
/// <param name="Path">The setting's path: <c>training.learning-rate</c>.</param>
/// <param name="Values">The values, as a file gives them; empty where <paramref name="Range"/> is given.</param>
/// <param name="Range">A range of numbers, or null.</param>
public sealed record SearchedSetting(string Path, IReadOnlyList<object?> Values, SearchRange? Range = null)
{
    internal object? Draw(SeededRandom random) => Range is null ? Values[random.NextInt(Values.Count)] : Range.Draw(random);

    internal JsonNode? Json() => Range is null
        ? new JsonArray([.. Values.Select(v => JsonValue.Create(SearchCandidate.Show(v)))])
        : new JsonObject { ["from"] = Range.From, ["to"] = Range.To, ["scale"] = Range.Logarithmic ? "log" : "linear" };
}

/// <summary>A range of numbers.</summary>
/// <param name="From">The least.</param>
/// <param name="To">The greatest.</param>
/// <param name="Logarithmic">Whether draws are even in the logarithm.</param>
public sealed record SearchRange(double From, double To, bool Logarithmic)
{
    // Three digits tell candidates apart and keep tables readable.
    internal string Draw(SeededRandom random)
    {
        var u = random.NextDouble();
        var value = Logarithmic ? From * Math.Pow(To / From, u) : From + (u * (To - From));
        return value.ToString("g3", CultureInfo.InvariantCulture);
    }
}

/// <summary>One candidate of a search: a value for each searched setting.</summary>
/// <param name="Overrides">Paths and values, in the file's order.</param>
public sealed record SearchCandidate(IReadOnlyList<KeyValuePair<string, object?>> Overrides)
{
    /// <summary>The candidate in words: <c>dropout 0.4, training.learning-rate 0.001</c>.</summary>
    public string Label => string.Join(", ", Overrides.Select(o => $"{o.Key} {Show(o.Value)}"));

    /// <summary>The settings with the candidate's values.</summary>
    /// <param name="settings">The settings to start from.</param>
    public SystemSettings Apply(SystemSettings settings) => Overrides.Aggregate(settings, (s, o) => SettingPath.Apply(s, o.Key, o.Value));

    internal static string Show(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
