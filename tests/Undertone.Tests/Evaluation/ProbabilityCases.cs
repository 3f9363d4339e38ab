using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Evaluation;

namespace Undertone.Tests.Evaluation;

/// <summary>The rows of Data/Evaluation/probabilities.json with what probabilities.py expects of them, and rows at random.</summary>
internal static class ProbabilityCases
{
    private static readonly ExpectedValues Values = new("probabilities.json");

    public static TheoryData<string> Names => Values.Names;

    public static (PredictionTable Table, JsonElement Expected) Get(string name)
    {
        var expected = Values[name];
        var truth = expected.GetProperty("truth").EnumerateArray().ToList();
        var predicted = expected.GetProperty("predicted").EnumerateArray().ToList();
        var rows = expected.GetProperty("probabilities").EnumerateArray()
            .Select((p, i) => new PredictionRow($"u{i}", $"s{i % 5}", Class(truth[i].GetInt32()), Class(predicted[i].GetInt32()), [.. p.EnumerateArray().Select(v => v.GetDouble())]))
            .ToList();
        return (new PredictionTable([.. Enumerable.Range(0, rows[0].Probabilities!.Count).Select(Class)], rows), expected);
    }

    /// <summary>Checks a property of rows at random: two to four classes, coarse probabilities (ties, zeros) and fine ones.</summary>
    public static void ForAny(Func<PredictionTable, int, bool> holds)
    {
        var tables = from classes in Gen.Choose(2, 4)
                     from count in Gen.Choose(1, 40)
                     from steps in Gen.Elements(3, 10, 1_000_000)
                     from seed in Gen.Choose(0, 1_000_000)
                     select (Table(classes, count, steps, seed), seed);
        Check.QuickThrowOnFailure(Prop.ForAll(tables.ToArbitrary(), t => holds(t.Item1, t.seed)));
    }

    /// <summary>The same rows with the classes in another order.</summary>
    public static PredictionTable Reordered(PredictionTable table, SeededRandom random)
    {
        var order = Enumerable.Range(0, table.Classes.Count).ToArray();
        random.Shuffle(order.AsSpan());
        var rows = table.Rows.Select(r => r with { Probabilities = [.. order.Select(c => r.Probabilities![c])] }).ToArray();
        random.Shuffle(rows.AsSpan());
        return new PredictionTable([.. order.Select(c => table.Classes[c])], rows);
    }

    private static PredictionTable Table(int classes, int count, int steps, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var rows = new List<PredictionRow>();
        for (var i = 0; i < count; i++)
        {
            var weights = Enumerable.Range(0, classes).Select(_ => (double)random.NextInt(steps)).ToArray();
            weights[random.NextInt(classes)] += 1;
            var sum = weights.Sum();
            var p = weights.Select(w => w / sum).ToList();
            rows.Add(new PredictionRow($"u{i}", $"s{random.NextInt(4)}", Class(random.NextInt(classes)), Class(p.IndexOf(p.Max())), p));
        }

        return new PredictionTable([.. Enumerable.Range(0, classes).Select(Class)], rows);
    }

    private static string Class(int index) => $"class{index}";
}
