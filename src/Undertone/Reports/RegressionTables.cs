using System.Globalization;
using System.Text;

namespace Undertone.Reports;

/// <summary>The tables of regressions that every kind of report shares.</summary>
internal static class RegressionTables
{
    /// <summary>The columns of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Heads(RegressionSection section) =>
    [
        "System", "Target", "Validation CCC", $"CCC ({section.Badge})", "± over seeds", $"CCC over never-chosen speakers ({section.Badge})",
        "Pearson", "MSE", "MSE of the mean", "MAE", "Seeds", "Trials", "Rows",
    ];

    /// <summary>One row a system and target of a section; <c>Best</c> marks the system that validation chose.</summary>
    public static IEnumerable<(bool Best, IReadOnlyList<string> Cells)> Rows(RegressionSection section)
    {
        foreach (var r in section.Results)
        {
            var best = section.Results.Count > 1 && ReferenceEquals(section.Best, r);
            for (var t = 0; t < section.Targets.Count; t++)
            {
                var target = t;
                var spread = r.OverSeeds(s => s.Scores.Targets[target].Ccc).Spread;
                yield return (best,
                [
                    best ? r.Label + " ★" : r.Label,
                    section.Targets[t],
                    Figures.Decimal(r.OverSeeds(s => s.Validation?.Targets[target].Ccc ?? double.NaN).Mean),
                    Ccc(r, t),
                    double.IsFinite(spread) ? "± " + Figures.Decimal(spread) : Figures.None,
                    Figures.Decimal(r.OverSeeds(s => s.Unchosen?.Targets[target].Ccc ?? double.NaN).Mean),
                    Figures.Decimal(r.OverSeeds(s => s.Scores.Targets[target].Pearson).Mean),
                    Figures.Decimal(r.OverSeeds(s => s.Scores.Targets[target].Mse).Mean),
                    Figures.Decimal(r.OverSeeds(s => s.Scores.Targets[target].TrueVariance).Mean),
                    Figures.Decimal(r.OverSeeds(s => s.Scores.Targets[target].Mae).Mean),
                    Figures.Count(r.Seeds.Count),
                    Trials(r),
                    Figures.Count(r.Seeds.Sum(s => s.Scores.Count)),
                ]);
            }
        }
    }

    /// <summary>The columns of <see cref="SpeakerRows"/>.</summary>
    public static IReadOnlyList<string> SpeakerHeads(RegressionResult result) => ["Speaker", "Rows", .. result.Targets.Select(t => $"CCC {t}")];

    /// <summary>One row a test speaker: the CCC over the speaker's own rows.</summary>
    public static IEnumerable<IReadOnlyList<string>> SpeakerRows(RegressionResult result) =>
        result.Pooled.Speakers.Select(s => (IReadOnlyList<string>)[s.Speaker, Figures.Count(s.Count), .. s.Targets.Select(t => Figures.Decimal(t.Ccc))]);

    /// <summary>The mean over seeds of a target's CCC, with the interval over all their rows: <c>0.613 [0.541, 0.672]</c>.</summary>
    public static string Ccc(RegressionResult result, int target)
    {
        var mean = Figures.Decimal(result.OverSeeds(s => s.Scores.Targets[target].Ccc).Mean);
        return result.Intervals[target] is { } interval && double.IsFinite(interval.Low)
            ? $"{mean} [{Figures.Decimal(interval.Low)}, {Figures.Decimal(interval.High)}]"
            : mean;
    }

    /// <summary>How many trials a result has, and of how many.</summary>
    public static string Trials(RegressionResult r) =>
        r.MissingTrials == 0 ? Figures.Count(r.Trials.Count) : $"{Figures.Count(r.Trials.Count)} of {Figures.Count(r.Trials.Count + r.MissingTrials)}";

    /// <summary>Writes a section in Markdown: its table of scores, and each system's speakers.</summary>
    public static void WriteTo(StringBuilder text, RegressionSection section)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape(section.Title)}\n\n{Notes.Development(section.Corpus)}\n\n");
        var scores = new MarkdownTable([.. Heads(section).Select(h => h == "Target" ? "<Target" : h)]);
        foreach (var (_, cells) in Rows(section))
        {
            scores.Row([.. cells]);
        }

        scores.WriteTo(text);
        foreach (var result in section.Results)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {MarkdownTable.Escape($"{result.Label}: by speaker")}\n\n{Notes.RegressionSpeakers}\n\n");
            var speakers = new MarkdownTable([.. SpeakerHeads(result)]);
            foreach (var cells in SpeakerRows(result))
            {
                speakers.Row([.. cells]);
            }

            speakers.WriteTo(text);
        }
    }
}
