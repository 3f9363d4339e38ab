using System.Globalization;

namespace Undertone.Reports.Parts;

/// <summary>How far the systems' confidence can be believed, before and after temperature scaling, and what abstaining buys.</summary>
internal static class CalibrationPart
{
    private static readonly double[] Coverages = [1, 0.9, 0.8, 0.5];

    /// <summary>The part, or nothing where no system says probabilities.</summary>
    public static IEnumerable<ReportPart> Of(ResultSection section)
    {
        var results = section.Results.Select(CalibrationResult.Of).OfType<CalibrationResult>().ToList();
        if (results.Count == 0)
        {
            return [];
        }

        var scaled = results.Any(r => r.After is not null);
        return
        [
            new ReportPart($"Confidence ({section.Badge})")
            {
                Lead =
                [
                    "ECE is the expected calibration error in per cent over 15 bins of equal width; it, the Brier score and log loss are better when lower. "
                    + (scaled ? "'Scaled' divides each trial's logits by one temperature fitted on that trial's validation speakers, never on test rows. " : "")
                    + "Answering fewer rows: accuracy over the rows of which the system is surest.",
                ],
                Verdicts = [.. results.Select(Verdict).OfType<string>()],
                Tables = [Errors(results, scaled), Abstaining(results, section)],
            },
        ];
    }

    private static ReportTable Errors(List<CalibrationResult> results, bool scaled)
    {
        List<string> heads = ["System", "ECE %", "Brier score", "Log loss"];
        heads.AddRange(scaled ? ["Temperature", "ECE %, scaled", "Brier score, scaled", "Log loss, scaled"] : []);
        var table = new ReportTable("Calibration", heads);
        foreach (var r in results)
        {
            List<string> cells = [r.Result.Label, Figures.Percent(r.Before.ExpectedError), Decimal(r.Before.Brier), Decimal(r.Before.LogLoss)];
            if (scaled)
            {
                cells.AddRange(r.After is { } after
                    ? [Temperature(r), Figures.Percent(after.ExpectedError), Decimal(after.Brier), Decimal(after.LogLoss)]
                    : [Figures.None, Figures.None, Figures.None, Figures.None]);
            }

            table.Row(cells);
        }

        return table;
    }

    private static ReportTable Abstaining(List<CalibrationResult> results, ResultSection section)
    {
        var table = new ReportTable("Accuracy against coverage", ["System", .. Coverages.Select(c => $"Accuracy % answering {(c * 100).ToString("0", CultureInfo.InvariantCulture)} % ({section.Badge})")]);
        foreach (var r in results)
        {
            table.Row([r.Result.Label, .. Coverages.Select(c => Figures.Percent(r.Before.Coverage.At(c).Accuracy))]);
        }

        return table;
    }

    private static string? Verdict(CalibrationResult result)
    {
        if (result.After is not { } after)
        {
            return null;
        }

        var (before, scaled) = (Figures.PercentSign(result.Before.ExpectedError), Figures.PercentSign(after.ExpectedError));
        if (after.ExpectedError >= result.Before.ExpectedError)
        {
            return $"{result.Result.Label}: a temperature of {Temperature(result)}, fitted on validation speakers, does not carry over to the test speakers: ECE goes from {before} to {scaled}.";
        }

        var mean = result.Temperatures.Average();
        var way = mean > 1.05 ? "is surer than it should be" : mean < 0.95 ? "is less sure than it could be" : "is about as sure as it should be";
        return $"{result.Result.Label} {way}: scaling by {Temperature(result)} takes its ECE from {before} to {scaled} on speakers that it was not fitted on.";
    }

    private static string Temperature(CalibrationResult result)
    {
        var spread = MeanAndSpread.Of(result.Temperatures);
        var mean = spread.Mean.ToString("0.00", CultureInfo.InvariantCulture);
        return double.IsFinite(spread.Spread) ? $"{mean} ± {spread.Spread.ToString("0.00", CultureInfo.InvariantCulture)}" : mean;
    }

    private static string Decimal(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Figures.None;
}
