namespace Undertone.Reports.Charts;

/// <summary>What a system reached that was trained on some corpora and tested on another.</summary>
/// <param name="Train">The training corpora: <c>emodb</c>, or <c>emodb + urdu</c>.</param>
/// <param name="Test">The test corpus.</param>
/// <param name="Uar">UAR with its interval.</param>
public sealed record CrossCorpusScore(string Train, string Test, UarInterval Uar);

/// <summary>Training corpus against test corpus: UAR as a heat map.</summary>
public static class CrossCorpusChart
{
    /// <summary>Draws a matrix: one chart a system.</summary>
    /// <param name="matrix">The matrix.</param>
    public static IReadOnlyList<Chart> Of(CrossCorpusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return
        [
            .. matrix.Rows.Select(row => Of(
                row.Label,
                matrix.Badge.ToString(),
                [.. matrix.Pairs.Zip(row.Results).Where(p => p.Second is not null).Select(p => new CrossCorpusScore(
                    p.First.Train, p.First.Test, p.Second!.Uar with { Estimate = p.Second.OverSeeds(s => s.Uar.Estimate).Mean }))],
                row.Chance)),
        ];
    }

    /// <summary>Draws one system's scores.</summary>
    /// <param name="system">The system.</param>
    /// <param name="badge">The badge of all scores.</param>
    /// <param name="scores">At least one, one for each pair.</param>
    /// <param name="chance">The UAR of guessing.</param>
    public static Chart Of(string system, string badge, IReadOnlyList<CrossCorpusScore> scores, double chance)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (trains, tests) = (scores.Select(s => s.Train).Distinct().ToList(), scores.Select(s => s.Test).Distinct().ToList());
        var data = new ChartTable("train", "test", "uar", "low", "high");
        var shown = new ChartTable(["train \\ test", .. tests]);
        foreach (var s in scores)
        {
            data.Add(s.Train, s.Test, s.Uar.Estimate, s.Uar.Low, s.Uar.High);
        }

        foreach (var train in trains)
        {
            shown.Add([train, .. tests.Select(object? (test) => scores.FirstOrDefault(s => s.Train == train && s.Test == test)?.Uar.ToString())]);
        }

        var specification = HeatMap.Of(
            data,
            Channel.X("test", "nominal") with { Sort = tests, Title = "tested on", Axis = new Axis { Orient = "top", LabelAngle = tests.Count > 4 ? -40 : 0 } },
            Channel.Y("train", "nominal") with { Sort = trains, Title = "trained on" },
            row => (double)row[2]!,
            row => Figures.Percent((double)row[2]!),
            Channel.Tip("train", "trained on"),
            Channel.Tip("test", "tested on"),
            Channel.Tip("uar", "UAR", ".1%"),
            Channel.Tip("low", "from", ".1%"),
            Channel.Tip("high", "to", ".1%"));
        var (best, worst) = (scores.MaxBy(s => s.Uar.Estimate)!, scores.MinBy(s => s.Uar.Estimate)!);
        return new Chart(
            "cross-corpus",
            $"{system} across corpora, {badge}",
            specification,
            $"Mean over {Figures.Of(scores.Count, "pair")}: {Figures.PercentSign(scores.Average(s => s.Uar.Estimate))} UAR. Best from {best.Train} to {best.Test} ({Figures.PercentSign(best.Uar.Estimate)}), worst from {worst.Train} to {worst.Test} ({Figures.PercentSign(worst.Uar.Estimate)}). Chance is {Figures.PercentSign(chance)}.",
            data)
        { Shown = shown, Note = "UAR in per cent." };
    }
}
