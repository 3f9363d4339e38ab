using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;

namespace Undertone.Reports.Charts;

/// <summary>
/// The reliability diagram of one system: how often it is right among the rows of which it is so sure. On the diagonal a
/// confidence means what it says; below it the system is over-confident (Niculescu-Mizil and Caruana 2005,
/// doi:10.1145/1102351.1102430).
/// </summary>
public static class CalibrationChart
{
    /// <summary>Draws a system's test rows of all seeds; null where they carry no probabilities.</summary>
    /// <param name="result">The system.</param>
    public static Chart? Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var trials = result.Trials.Where(t => t.Test.HasProbabilities).ToList();

        // Each seed tests the same utterances again: the trial's name tells the rows apart.
        return trials.Count == 0
            ? null
            : Of(ReliabilityDiagram.EqualWidth(new PredictionTable(
                trials[0].Test.Classes, [.. trials.SelectMany(t => t.Test.Rows.Select(r => r with { Utterance = $"{t.Name}/{r.Utterance}" }))])));
    }

    /// <summary>Draws a diagram.</summary>
    /// <param name="diagram">The diagram.</param>
    public static Chart Of(ReliabilityDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        var data = new ChartTable("confidence", "accuracy", "rows", "from", "to");
        var filled = diagram.Bins.Where(b => b.Count > 0).ToList();
        foreach (var bin in filled)
        {
            data.Add(bin.Confidence, bin.Accuracy, bin.Count, bin.Low, bin.High);
        }

        var x = Channel.X("confidence") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "confidence in %" };
        var y = Channel.Y("accuracy") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "accuracy in %" };
        var plot = new Plot(
            data.ToRows(),
            260,
            new Layer(new Mark("line", "chance"), x, y)
            {
                Rows = [Json.Of(("confidence", 0), ("accuracy", 0)), Json.Of(("confidence", 1), ("accuracy", 1))],
            },
            new Layer(new Mark("rule", "gap"), x, y, Channel.End("y2", "confidence")),
            new Layer(
                new Mark("point", "estimate"),
                x,
                y,
                Channel.Of("size", "rows") with { Scale = new Scale { Range = new System.Text.Json.Nodes.JsonArray(20, 420), Zero = true } },
                Channel.Tip("confidence", "mean confidence", ".1%"),
                Channel.Tip("accuracy", "accuracy", ".1%"),
                Channel.Tip("rows", "rows")));
        var rows = filled.Sum(b => b.Count);
        var (confidence, accuracy) = (filled.Sum(b => b.Count * b.Confidence) / rows, filled.Sum(b => b.Count * b.Accuracy) / rows);
        return new Chart(
            "calibration",
            "Calibration",
            plot.ToJson(),
            $"Mean confidence {Figures.PercentSign(confidence)}, accuracy {Figures.PercentSign(accuracy)}: {Verdict(confidence - accuracy)}. Expected calibration error over {Figures.Count(diagram.Bins.Count)} bins: {Figures.PercentSign(diagram.ExpectedError)}.",
            data)
        { Note = "Area of a dot: rows in the bin; dotted: confidence is accuracy." };
    }

    private static string Verdict(double excess) => Math.Abs(excess) < 0.01 ? "well matched on average" : excess > 0 ? "over-confident on average" : "under-confident on average";
}
