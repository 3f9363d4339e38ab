using System.Text.Json.Nodes;
using Undertone.Training;

namespace Undertone.Reports.Charts;

/// <summary>Training curves of one system: a thin line for each network that a trial trained, a thick one for their mean.</summary>
public static class TrainingChart
{
    // Beyond this many points lines run together, and the page only grows.
    private const int MostPoints = 2400;

    /// <summary>The curves of loss and of validation UAR; none where no trial has a history.</summary>
    /// <param name="result">The system.</param>
    public static IReadOnlyList<Chart> Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Trials, e => e.ValidationUar, fits => Uar(fits, result));
    }

    /// <summary>The curves of loss and of a regression's mean validation CCC; none where no trial has a history.</summary>
    /// <param name="result">The system.</param>
    public static IReadOnlyList<Chart> Of(RegressionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Trials, e => e.ValidationCcc, Ccc);
    }

    private static IReadOnlyList<Chart> Of(IReadOnlyList<FinishedTrial> trials, Func<EpochRecord, double> score, Func<List<Fit>, Chart> scores)
    {
        var fits = trials
            .SelectMany(t => TrainingFits.Of(t.History).Select((epochs, i) => new Fit($"{t.Fold}, seed {Figures.Count(t.Seed)}, network {Figures.Count(i + 1)}", epochs)))
            .ToList();
        if (fits.Count == 0)
        {
            return [];
        }

        // Where some were validated, the rest are refits for as long as those took: their loss alone says little.
        var validated = fits.Where(f => f.Epochs.Any(e => double.IsFinite(score(e)))).ToList();
        return validated.Count == 0 ? [Loss(fits)] : [Loss(validated), scores(validated)];
    }

    /// <summary>The training of one network.</summary>
    private sealed record Fit(string Name, IReadOnlyList<EpochRecord> Epochs);

    private static Chart Loss(List<Fit> fits)
    {
        var parts = new List<string> { "training" };
        if (fits.Any(f => f.Epochs.Any(e => double.IsFinite(e.ValidationLoss))))
        {
            parts.Add("validation");
        }

        var data = new ChartTable("network", "part", "epoch", "value") { Quantities = ["value"] };
        Fill(data, fits, "training", e => e.TrainLoss);
        Fill(data, fits, "validation", e => e.ValidationLoss);
        var last = fits.SelectMany(f => f.Epochs).Where(e => double.IsFinite(e.TrainLoss)).GroupBy(e => e.Epoch).OrderBy(g => g.Key).ToList();
        return new Chart(
            "loss",
            "Loss by epoch",
            Curves(data, parts, new Scale { Zero = true }, new Axis { TickCount = 5 }, "loss", []),
            last.Count == 0
                ? "No loss was kept."
                : $"Mean training loss of {Figures.Of(fits.Count, "network")}: {Two(last[0].Average(e => e.TrainLoss))} in epoch {Figures.Count(last[0].Key)}, {Two(last[^1].Average(e => e.TrainLoss))} in epoch {Figures.Count(last[^1].Key)}.",
            data)
        { Note = Note(data) };
    }

    private static Chart Uar(List<Fit> fits, SystemResult result)
    {
        var data = new ChartTable("network", "part", "epoch", "value");
        Fill(data, fits, "validation", e => e.ValidationUar);
        var best = fits.Select(f => f.Epochs.Where(e => double.IsFinite(e.ValidationUar)).MaxBy(e => e.ValidationUar)).OfType<EpochRecord>().ToList();
        return new Chart(
            "validation-uar",
            "Validation UAR by epoch",
            Curves(
                data, ["validation"], Scale.Share, Axis.Percent, "UAR in %", [new Layer(new Mark("rule", "chance"), Channel.At("y", result.Chance))]),
            $"The best epoch of {Figures.Of(best.Count, "network")} lies between {Figures.Count(best.Min(e => e.Epoch))} and {Figures.Count(best.Max(e => e.Epoch))}, with a validation UAR of {MeanAndSpread.Of(best.Select(e => e.ValidationUar))}.",
            data)
        { Note = Note(data) + " Dotted: chance." };
    }

    private static Chart Ccc(List<Fit> fits)
    {
        var data = new ChartTable("network", "part", "epoch", "value") { Quantities = ["value"] };
        Fill(data, fits, "validation", e => e.ValidationCcc);
        var best = fits.Select(f => f.Epochs.Where(e => double.IsFinite(e.ValidationCcc)).MaxBy(e => e.ValidationCcc)).OfType<EpochRecord>().ToList();
        return new Chart(
            "validation-ccc",
            "Mean validation CCC by epoch",
            Curves(data, ["validation"], new Scale { Zero = true }, new Axis { TickCount = 5 }, "CCC", [new Layer(new Mark("rule", "chance"), Channel.At("y", 0))]),
            $"The best epoch of {Figures.Of(best.Count, "network")} lies between {Figures.Count(best.Min(e => e.Epoch))} and {Figures.Count(best.Max(e => e.Epoch))}, with a mean validation CCC of {Figures.Decimal(best.Average(e => e.ValidationCcc))}.",
            data)
        { Note = Note(data) + " Dotted: a guess." };
    }

    private static JsonObject Curves(ChartTable data, List<string> parts, Scale scale, Axis axis, string title, Layer[] below)
    {
        var epoch = Channel.X("epoch") with { Title = "epoch", Scale = new Scale { Zero = false, Nice = false }, Axis = new Axis { Grid = false, TickCount = 6 } };
        var value = Channel.Y("value") with { Scale = scale, Axis = axis, Title = title };
        var part = Channel.Named("color", "part") with { Scale = new Scale { Domain = Json.Array(parts), Range = "category" }, Title = "", Legend = parts.Count > 1 ? 0 : null };
        return new Plot(
            data.ToRows(),
            230,
            [
                .. below,
                new Layer(new Mark("line", "trial"), epoch, value, part, Channel.Named("detail", "network")),
                new Layer(new Mark("line", "mean"), epoch, value, part) { Rows = Means(data) },
            ]).ToJson();
    }

    // The mean over what is left when some trials have stopped would jump: it ends where fewer than half remain.
    private static JsonArray Means(ChartTable data)
    {
        var rows = new JsonArray();
        foreach (var part in data.Rows.GroupBy(r => (string)r[1]!))
        {
            var trials = part.Select(r => (string)r[0]!).Distinct().Count();
            foreach (var epoch in part.GroupBy(r => (int)r[2]!).OrderBy(g => g.Key).Where(g => g.Count() * 2 >= trials))
            {
                rows.Add((JsonNode)new JsonObject { ["part"] = part.Key, ["epoch"] = epoch.Key, ["value"] = Json.Number(epoch.Average(r => (double)r[3]!)) });
            }
        }

        return rows;
    }

    private static void Fill(ChartTable data, List<Fit> fits, string part, Func<EpochRecord, double> of)
    {
        var every = 1 + (fits.Sum(f => f.Epochs.Count) / MostPoints);
        foreach (var fit in fits)
        {
            foreach (var e in fit.Epochs.Where(e => double.IsFinite(of(e)) && (e.Epoch - 1) % every == 0))
            {
                data.Add(fit.Name, part, e.Epoch, of(e));
            }
        }
    }

    private static string Note(ChartTable data) =>
        "Thin: one network of a fold; thick: their mean, as long as half of them train."
        + (data.Rows.Select(r => (int)r[2]!).Distinct().Order().Take(2).ToList() is [var first, var second] && second - first > 1 ? $" Every {Figures.Count(second - first)}th epoch; history.csv has all." : "");

    private static string Two(double value) => value.ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
}
