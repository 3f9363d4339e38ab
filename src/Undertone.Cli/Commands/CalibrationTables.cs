using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation.Calibration;

namespace Undertone.Cli.Commands;

/// <summary>Calibration as tables for people.</summary>
internal static class CalibrationTables
{
    private static readonly double[] Coverages = [1, 0.9, 0.75, 0.5, 0.25];

    /// <summary>Before and after temperature scaling.</summary>
    public static Table Temperature(CalibrationScores before, CalibrationScores after)
    {
        var table = ScoreTables.Empty("calibration", "before", "after", "");
        Row("ECE", c => Figures.Percent(c.ExpectedError), "bins of equal width");
        Row("ECE by count", c => Figures.Percent(c.EqualCount.ExpectedError), "bins of equally many utterances");
        Row("greatest error", c => Figures.Percent(c.EqualWidth.MaximumError), "of one bin of equal width");
        Row("Brier score", c => Figures.Decimal(c.Brier), "");
        Row("log loss", c => Figures.Decimal(c.LogLoss), "");
        Row("risk by coverage", c => Figures.Decimal(c.Coverage.AreaUnderRisk), "area under the curve");
        return table;

        void Row(string name, Func<CalibrationScores, string> text, string note) => ScoreTables.Row(table, name, text(before), text(after), note);
    }

    /// <summary>The reliability diagram; empty bins are left out.</summary>
    public static Table Reliability(ReliabilityDiagram diagram)
    {
        var table = ScoreTables.Empty("confidence", "mean", "accuracy", "utterances");
        foreach (var bin in diagram.Bins.Where(b => b.Count > 0))
        {
            ScoreTables.Row(table, $"{Figures.Percent(bin.Low)} to {Figures.Percent(bin.High)}", Figures.Percent(bin.Confidence), Figures.Percent(bin.Accuracy), ScoreTables.Number(bin.Count));
        }

        return table;
    }

    /// <summary>What a system that abstains where it is least sure would reach.</summary>
    public static Table Coverage(CoverageCurve curve)
    {
        var table = ScoreTables.Empty("answered", "if as sure as", "accuracy", "UAR", "classes", "utterances");
        foreach (var point in Coverages.Select(curve.At).Distinct())
        {
            ScoreTables.Row(table, Figures.Percent(point.Coverage), Figures.Percent(point.Threshold), Figures.Percent(point.Accuracy), Figures.Percent(point.Uar),
                ScoreTables.Number(point.ClassesPresent), ScoreTables.Number(point.Count));
        }

        return table;
    }
}
