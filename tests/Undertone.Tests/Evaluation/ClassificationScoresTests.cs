using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Evaluation;

namespace Undertone.Tests.Evaluation;

/// <summary>Against scikit-learn (Data/Evaluation/scores.py), and properties that hold for any rows.</summary>
public sealed class ClassificationScoresTests
{
    private const double Exact = 1e-9;

    private static readonly JsonElement[] Cases =
    [
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Evaluation", "scores.json"))).RootElement.EnumerateArray(),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_scikit_learn(string name)
    {
        var expected = Cases.Single(c => c.GetProperty("name").GetString() == name);
        var scores = ClassificationScores.From(Rows(expected));

        scores.Accuracy.ShouldBe(Number(expected, "accuracy"), Exact);
        scores.Uar.ShouldBe(Number(expected, "uar"), Exact);
        scores.BalancedAccuracy.ShouldBe(Number(expected, "balanced_accuracy"), Exact);
        scores.MacroF1.ShouldBe(Number(expected, "macro_f1"), Exact);
        scores.WeightedF1.ShouldBe(Number(expected, "weighted_f1"), Exact);
        scores.MacroRecall.ShouldBe(Number(expected, "uar"), Exact);
        scores.WeightedRecall.ShouldBe(Number(expected, "weighted_recall"), Exact);
        scores.MacroPrecision.ShouldBe(Number(expected, "macro_precision"), Exact);
        scores.WeightedPrecision.ShouldBe(Number(expected, "weighted_precision"), Exact);
        Same([scores.Kappa], JsonDocument.Parse($"[{expected.GetProperty("kappa").GetRawText()}]").RootElement);
        scores.Mcc.ShouldBe(Number(expected, "mcc"), Exact);
        scores.Classes.Select(c => c.Class).ShouldBe(expected.GetProperty("labels").EnumerateArray().Select(l => l.GetString()!));
        scores.Classes.Select(c => c.Support).ShouldBe(expected.GetProperty("support").EnumerateArray().Select(v => (int)v.GetDouble()));
        Same(scores.Classes.Select(c => c.Precision), expected.GetProperty("precision"));
        Same(scores.Classes.Select(c => c.Recall), expected.GetProperty("recall"));
        Same(scores.Classes.Select(c => c.F1), expected.GetProperty("f1"));
        var counts = expected.GetProperty("confusion").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetInt32()).ToList()).ToList();
        for (var t = 0; t < counts.Count; t++)
        {
            Enumerable.Range(0, counts.Count).Select(p => scores.Confusion[t, p]).ShouldBe(counts[t]);
            foreach (var (by, key) in new[] { (ConfusionShare.OfTruth, "truth"), (ConfusionShare.OfPrediction, "prediction"), (ConfusionShare.OfAll, "all") })
            {
                var shares = scores.Confusion.Normalised(by);
                Same(Enumerable.Range(0, counts.Count).Select(p => shares[t, p]), expected.GetProperty($"confusion_of_{key}")[t]);
            }
        }

        scores.Speakers.Select(s => s.Speaker).ShouldBe(expected.GetProperty("speakers").EnumerateObject().Select(s => s.Name));
        foreach (var speaker in scores.Speakers)
        {
            speaker.Uar.ShouldBe(Number(expected.GetProperty("speakers"), speaker.Speaker), Exact);
        }

        var spread = scores.SpeakerUar;
        Same([spread.Mean, spread.StandardDeviation, spread.Min, spread.Max], expected.GetProperty("speaker_uar"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bootstrap_agrees_with_numpy_on_the_same_draws(string name)
    {
        var expected = Cases.Single(c => c.GetProperty("name").GetString() == name);
        var interval = ClusterBootstrap.Uar(Rows(expected), expected.GetProperty("bootstrap_seed").GetInt32());
        if (expected.GetProperty("interval").ValueKind == JsonValueKind.Null)
        {
            interval.ShouldBeNull();
            return;
        }

        interval.ShouldNotBeNull();
        Same([interval.Low, interval.High], expected.GetProperty("interval"));
        interval.Estimate.ShouldBe(Number(expected, "uar"), Exact);
    }

    [Fact]
    public void Absent_classes_are_treated_as_documented()
    {
        var scores = ClassificationScores.From([Row(0, "a", "a"), Row(1, "a", "b"), Row(2, "b", "b"), Row(3, "b", "ghost")], ["unheard", "a", "b", "ghost"]);
        scores.Classes.Select(c => c.Class).ShouldBe(["unheard", "a", "b", "ghost"]);
        scores.Uar.ShouldBe(0.5, Exact);
        scores.ClassesPresent.ShouldBe(2);
        scores.Chance.ShouldBe(0.5);
        scores.Classes[0].F1.ShouldBe(double.NaN);
        scores.Classes[3].Recall.ShouldBe(double.NaN);
        scores.Classes[3].Precision.ShouldBe(0);
        scores.Classes[3].F1.ShouldBe(0);

        // a: 2/3, b: 1/2, ghost: 0, unheard: left out.
        scores.MacroF1.ShouldBe(((2 / 3.0) + 0.5) / 3, Exact);
        scores.WeightedF1.ShouldBe(((2 / 3.0) + 0.5) / 2, Exact);
    }

    [Fact]
    public void No_rows_is_an_error() => Should.Throw<UndertoneException>(() => ClassificationScores.From([], null));

    [Fact]
    public void Neither_the_order_of_rows_nor_the_names_of_classes_matter() => ForAnyRows((rows, seed) =>
    {
        var before = Values(rows);
        var shuffled = rows.ToArray();
        new SeededRandom((ulong)seed).Shuffle(shuffled.AsSpan());
        var renamed = rows.Select(r => r with { True = Rename(r.True), Predicted = Rename(r.Predicted) }).ToArray();
        return Close(before, Values(shuffled), 0) && Close(before, Values(renamed), 1e-12);

        static string Rename(string name) => name switch { "a" => "z", "z" => "m", _ => "q" + name };
    });

    [Fact]
    public void Scores_lie_between_zero_and_one_and_the_interval_is_in_order() => ForAnyRows((rows, seed) =>
    {
        var interval = ClusterBootstrap.Uar(rows, seed, 50);
        return Values(rows).Where(v => !double.IsNaN(v)).All(v => v is >= 0 and <= 1)
            && (interval is null || (interval.Low >= 0 && interval.Low <= interval.High && interval.High <= 1));
    });

    [Fact]
    public void Perfect_predictions_score_one() => ForAnyRows((rows, _) =>
    {
        var scores = ClassificationScores.From([.. rows.Select(r => r with { Predicted = r.True })]);
        return Close([1, 1, 1, 1, 1], [scores.Accuracy, scores.Uar, scores.MacroF1, scores.WeightedF1, scores.SpeakerUar.Min], 1e-12);
    });

    [Fact]
    public void A_constant_prediction_scores_chance() => ForAnyRows((rows, _) =>
    {
        var scores = ClassificationScores.From([.. rows.Select(r => r with { Predicted = rows[0].True })]);
        return Math.Abs(scores.Uar - scores.Chance) < 1e-12;
    });

    [Fact]
    public void The_bootstrap_is_the_same_for_the_same_seed_and_another_for_another()
    {
        var rows = Rows(Cases.Single(c => c.GetProperty("name").GetString() == "imbalanced"));
        ClusterBootstrap.Uar([.. rows.Reverse()], 5).ShouldBe(ClusterBootstrap.Uar(rows, 5));
        ClusterBootstrap.Uar(rows, 6).ShouldNotBe(ClusterBootstrap.Uar(rows, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => ClusterBootstrap.Uar(rows, confidence: 95));
    }

    internal static PredictionRow Row(int id, string truth, string predicted, string speaker = "01") => new($"u{id}", speaker, truth, predicted, null);

    private static void ForAnyRows(Func<PredictionRow[], int, bool> holds)
    {
        var row = from t in Gen.Elements("a", "b", "c", "z")
                  from p in Gen.Elements("a", "b", "c", "y")
                  from s in Gen.Elements("01", "02", "03")
                  select (t, p, s);
        var rows = from all in row.NonEmptyListOf()
                   from seed in Gen.Choose(0, 1000)
                   select (all.Select((r, i) => Row(i, r.t, r.p, r.s)).ToArray(), seed);
        Check.QuickThrowOnFailure(Prop.ForAll(rows.ToArbitrary(), r => holds(r.Item1, r.seed)));
    }

    private static double[] Values(PredictionRow[] rows)
    {
        var s = ClassificationScores.From(rows);
        return [s.Accuracy, s.Uar, s.MacroPrecision, s.WeightedPrecision, s.MacroF1, s.WeightedF1, s.SpeakerUar.Mean, s.SpeakerUar.StandardDeviation, s.SpeakerUar.Min, s.SpeakerUar.Max];
    }

    private static bool Close(double[] first, double[] second, double tolerance) =>
        first.Zip(second).All(p => p.First.Equals(p.Second) || Math.Abs(p.First - p.Second) <= tolerance);

    private static PredictionRow[] Rows(JsonElement expected) =>
    [
        .. expected.GetProperty("rows").EnumerateArray()
            .Select((r, i) => Row(i, r[0].GetString()!, r[1].GetString()!, r[2].GetString()!)),
    ];

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static void Same(IEnumerable<double> actual, JsonElement expected)
    {
        var values = actual.ToList();
        values.Count.ShouldBe(expected.GetArrayLength());
        foreach (var (value, wanted) in values.Zip(expected.EnumerateArray()))
        {
            if (wanted.ValueKind == JsonValueKind.Null)
            {
                value.ShouldBe(double.NaN);
            }
            else
            {
                value.ShouldBe(wanted.GetDouble(), Exact);
            }
        }
    }
}
