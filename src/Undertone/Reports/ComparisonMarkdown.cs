using System.Globalization;
using System.Text;
using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;
using Undertone.Evaluation.Significance;

namespace Undertone.Reports;

/// <summary>
/// Writes a <see cref="SystemComparison"/> as Markdown, which also reads as plain text: the systems, each pair with its
/// difference and tests, which test answers which question, and what is shaky. It holds no date, so the same comparison
/// gives the same bytes.
/// </summary>
public static class ComparisonMarkdown
{
    /// <summary>Writes the comparison.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="title">The heading; none where it is empty.</param>
    /// <returns>Markdown, lines ending with <c>\n</c>.</returns>
    public static string Write(SystemComparison comparison, string title = "Comparison of systems")
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(title);
        var text = new StringBuilder();
        if (title.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape(title)}\n\n");
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"{comparison.Badge}; {Figures.Of(comparison.Utterances, "test utterance")}, {Figures.Of(comparison.Speakers.Count, "speaker")}, {Figures.Of(comparison.Folds.Count, "fold")}, {(comparison.Seeds.Count == 1 ? "seed" : "seeds")} {string.Join(", ", comparison.Seeds)}.\n\n");
        Systems(text, comparison);
        Pairs(text, comparison);
        Together(text, comparison);
        Questions(text, comparison);
        text.Append("Mind:\n\n");
        foreach (var note in comparison.Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Escape(note)}\n");
        }

        return text.ToString();
    }

    private static void Systems(StringBuilder text, SystemComparison comparison)
    {
        var ranked = comparison.Friedman is not null;
        var table = new MarkdownTable(["System", .. comparison.Systems[0].Scores.Select(s => s.Metric.Title), .. ranked ? (string[])["Mean rank over speakers"] : []]);
        foreach (var system in comparison.Systems)
        {
            table.Row([system.Name, .. system.Scores.Select(s => Score(s.Metric, s.Value, s.Interval)), .. ranked ? (string[])[Number(system.AverageRank!.Value, 2)] : []]);
        }

        table.WriteTo(text);
    }

    private static void Pairs(StringBuilder text, SystemComparison comparison)
    {
        var corrected = comparison.Pairs.Count > 1 ? ", Holm" : "";
        var flips = comparison.Pairs[0].SignFlip is not null;
        var table = new MarkdownTable(
            ["Pair", .. comparison.Pairs[0].Differences.Select(d => $"Difference of {d.Metric.Title}"), .. flips ? (string[])["Sign flips over speakers (p, max-T)"] : [], $"Wilcoxon over speakers (p{corrected})", "Rank-biserial", $"McNemar (p{corrected})", $"Corrected resampled t (p{corrected})", "Smallest difference of UAR that would show"]);
        foreach (var pair in comparison.Pairs)
        {
            table.Row(
            [
                $"{pair.First} – {pair.Second}",
                .. pair.Differences.Select(d => Score(d.Metric, d.Value, d.Interval)),
                .. flips ? (string[])[Probability(pair.SignFlip?.AdjustedPValue, comparison.Alpha)] : [],
                Probability(pair.Wilcoxon?.AdjustedPValue, comparison.Alpha),
                pair.Wilcoxon is { } wilcoxon ? Number(wilcoxon.Result.EffectSize, 2) : Figures.None,
                Probability(pair.McNemar.AdjustedPValue, comparison.Alpha),
                Probability(pair.CorrectedResampled?.AdjustedPValue, comparison.Alpha),
                pair.Smallest is { } smallest ? Figures.Percent(smallest.Difference) : Figures.None,
            ]);
        }

        table.WriteTo(text);
        text.Append(CultureInfo.InvariantCulture, $"In square brackets: {Share(comparison)}. \\*: p below {Number(comparison.Alpha, 3)}. ");
        text.Append("The smallest difference is what a paired t-test over these speakers finds four times in five, as much as this pair's speakers differ.\n\n");
    }

    private static void Together(StringBuilder text, SystemComparison comparison)
    {
        if (comparison.Friedman is not { } friedman || comparison.Nemenyi is not { } nemenyi)
        {
            return;
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"Friedman: chi-squared({Number(friedman.DegreesOfFreedom, 0)}) = {Number(friedman.Statistic, 2)}, p {Probability(friedman.PValue, 0)}; Iman and Davenport: p {Probability(friedman.ImanDavenportPValue, 0)}; Kendall's W = {Number(friedman.EffectSize, 2)}. ");
        text.Append(CultureInfo.InvariantCulture, $"Nemenyi: mean ranks that differ by {Number(nemenyi.CriticalDifference, 2)} or more differ at {Number(nemenyi.Alpha, 3)}");
        text.Append(nemenyi.Groups.Count == 0
            ? "; all do.\n\n"
            : $"; not told apart: {string.Join("; ", nemenyi.Groups.Select(g => string.Join(", ", g.Select(i => MarkdownTable.Escape(comparison.Systems[i].Name)))))}.\n\n");
    }

    private static void Questions(StringBuilder text, SystemComparison comparison)
    {
        var table = new MarkdownTable("Test", "<Over", "<Question that it answers", "<Takes for granted", "<Source");
        foreach (var question in comparison.Questions)
        {
            table.Row(question.Test, question.Over, question.Question, question.Assumptions, question.Citation);
        }

        table.WriteTo(text);
    }

    private static string Share(SystemComparison comparison) => comparison.Systems[0].Uar.Interval is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"{interval.Confidence * 100:0.#} % of draws of speakers, the same for all systems")
        : "no interval, for want of a second speaker";

    private static string Score(Metric metric, double value, Interval? interval)
    {
        var bounds = interval is not null && double.IsFinite(interval.Low);
        return metric.IsShare
            ? Figures.Percent(value) + (bounds ? " " + Figures.Interval(interval!.Low, interval.High) : "")
            : Number(value, 3) + (bounds ? $" [{Number(interval!.Low, 3)}, {Number(interval.High, 3)}]" : "");
    }

    // Four decimals, never 0: no test can say that.
    private static string Probability(double? p, double alpha) =>
        p is not { } value ? Figures.None
        : (value < 0.0001 ? "< 0.0001" : value.ToString("F4", CultureInfo.InvariantCulture)) + (value < alpha ? " \\*" : "");

    private static string Number(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString(decimals == 3 ? "0.###" : "F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : Figures.None;
}
