using System.Globalization;
using System.Text;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Reports.Parts;

/// <summary>Published figures beside what the systems reach here; the columns bear different badges, and each says which.</summary>
internal static class PublishedPart
{
    /// <summary>From this many points on, a published figure that a repetition falls short of is to be explained.</summary>
    private const double Short = 0.1;

    private const string NotRun = "not run";

    private const string Reading =
        "What papers report, beside what their systems reach here. The papers deal utterances, not speakers, into training and test, as far as they say; their kind of split is repeated first: "
        + "a share of each class is drawn at random and tested, and drawn again. Then no test speaker is trained on. "
        + "Measures are as the paper means them, in per cent: on drawn splits the mean ± standard deviation over the draws, with the UAR in brackets; with speakers kept apart the UAR with its 95 % interval over speakers. "
        + "Differences are the published figure less ours, in the paper's measure: from the repetition as tuned where settings were tuned here, else as printed. "
        + "The columns bear different badges and are not comparable: their difference is the point. The published figures were not audited.";

    private const string Evidence =
        "A system is a reconstruction where its paper, as far as it was seen, leaves a choice open: undertone systems describe NAME lists each choice with its evidence, and every deviation. "
        + "A share that the paper does not say is 20 %, the field's habit. Where a paper validated by k folds, one fold's share is tested at each draw, which costs less than all of them.";

    private const string Settings =
        "As printed means the settings that the paper prints, and ours where it prints none; as tuned, with what docs/results/tuning.md tells of, chosen on development speakers. "
        + "With speakers kept apart the tuned settings stand where there are any.";

    /// <summary>The part of a run's report, or nothing where the run repeats no paper's split.</summary>
    public static IEnumerable<ReportPart> Of(IReadOnlyList<ResultSection> sections)
    {
        var table = PublishedTable.Of(sections, SystemCatalog.Default);
        return table.Rows.Count == 0 ? [] : [Part(table, null)];
    }

    /// <summary>The part of a page of kept results, whole or in part, or nothing where none of its experiments splits as published.</summary>
    public static IEnumerable<ReportPart> Of(KeptResults kept, IReadOnlyList<ResultSection> sections) =>
        CommandOf(kept) is { } command ? [Part(PublishedTable.Whole(sections, SystemCatalog.Default), command)] : [];

    /// <summary>Whether kept results are such a page.</summary>
    public static bool IsIn(KeptResults kept) => CommandOf(kept) is not null;

    /// <summary>Writes the tables of kept results for a page that people write.</summary>
    /// <exception cref="UndertoneException">None of the experiments splits as published.</exception>
    public static void Write(StringBuilder text, KeptResults kept)
    {
        if (!IsIn(kept))
        {
            throw new UndertoneException($"'{kept.Name}' has no experiment with the protocol '{AsPublished.KindName}'; expected the results of one, such as experiments/table-3.yaml.");
        }

        // A page that people write shows what there is; the page of results also lists what is still to be run.
        var whole = PublishedTable.Whole(ResultSection.Of(ResultCalculator.Of(kept.Trials)), SystemCatalog.Default);
        var run = whole with { Rows = [.. whole.Rows.Where(r => r.Results.Count > 0)] };
        foreach (var table in Tables(run))
        {
            MarkdownPart.Write(text, table);
        }

        if (run.Rows.Count < whole.Rows.Count)
        {
            var missing = whole.Rows.Except(run.Rows).GroupBy(r => r.Corpus).Select(c => $"on {c.Key} {string.Join(", ", c.Select(r => r.System))}");
            text.Append(CultureInfo.InvariantCulture, $"Still to be run: {string.Join("; ", missing)}.\n\n");
        }
    }

    private static string? CommandOf(KeptResults kept) =>
        kept.Experiments.FirstOrDefault(e => ExperimentFile.ProtocolKindsOf(e.Name, e.Yaml).Contains(AsPublished.KindName))?.Command;

    private static ReportPart Part(PublishedTable table, string? command) => new("Published figures, repeated")
    {
        Lead = [Reading, Settings],
        Verdicts = [.. Verdicts(table)],
        Tables = [.. Tables(table), .. Splits(table), Sources(table), .. command is null ? [] : Missing(table, command)],
        Remarks =
        [
            .. table.Rows.SelectMany(Remarks),
            .. table.NotAtHand.Select(c => $"{c.Corpus} is had on request, and nothing was run on it; on it report {string.Join(", ", c.Systems)}."),
            Evidence,
        ],
    };

    private static IEnumerable<string> Verdicts(PublishedTable table)
    {
        foreach (var corpus in table.Rows.GroupBy(r => r.Corpus))
        {
            List<double> repeated = [.. corpus.Select(r => r.AboveRepeated).Where(double.IsFinite)];
            List<double> apart = [.. corpus.Select(r => r.AboveIndependent).Where(double.IsFinite)];
            if (repeated.Count > 0)
            {
                var text = $"{corpus.Key}: of {Figures.Of(repeated.Count, "published figure")} repeated on the paper's own kind of split (speaker-dependent), {Figures.Count(repeated.Count(d => d <= Short))} {(repeated.Count(d => d <= Short) == 1 ? "is" : "are")} reached within 10 points";
                yield return apart.Count == 0 ? text + "." : $"{text}; with no test speaker trained on (speaker-independent), {Figures.Count(apart.Count(d => d <= Short))} of {Figures.Count(apart.Count)}.";
            }
        }

        var run = table.Rows.Count(r => r.Results.Count > 0);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{run} of {Figures.Of(table.Rows.Count, "row")} run, {table.Rows.Count(r => r.IsWhole)} whole: {table.Hours:F2} hours on 2 cores, from the durations of the trials.");
    }

    private static IEnumerable<ReportTable> Tables(PublishedTable table) => table.Rows.GroupBy(r => r.Corpus).Select(corpus =>
    {
        var made = new ReportTable(
            $"Published figures on {corpus.Key}",
            $"On {corpus.Key}, per cent",
            "Published",
            "Repeated as printed (speaker-dependent)",
            "Repeated as tuned (speaker-dependent)",
            "UAR (speaker-independent)",
            "UAR (speaker-independent, adapted)",
            "Published − repeated",
            "Published − speaker-independent",
            "Parameters",
            "Multiply-adds a second",
            "One training",
            "Hours on 2 cores");
        foreach (var row in corpus)
        {
            var cost = row.Results.SelectMany(r => r.Trials).Select(t => t.Cost).OfType<ModelCost>().ToList();
            var timed = (row.Repeated ?? row.Independent)?.Trials.Select(t => t.Seconds).Where(double.IsFinite).ToList() ?? [];
            made.Row(
                row.System,
                row.Published?.ToString() ?? Figures.None,
                Repeated(row, row.PrintedSplits),
                row.Paper.Tuned.Count == 0 && row.TunedSplits is null ? (row.PrintedSplits is null ? NotRun : "as printed") : Repeated(row, row.TunedSplits),
                Apart(row, row.Independent),
                Apart(row, row.Adapted),
                Figures.Points(row.AboveRepeated),
                Figures.Points(row.AboveIndependent),
                Figures.Short(cost.Count == 0 ? double.NaN : cost.Average(c => c.Parameters)),
                Figures.Short(cost.Count == 0 ? double.NaN : cost.Average(c => c.MultiplyAddsPerSecond)),
                timed.Count == 0 ? Figures.None : Figures.Duration(timed.Average()),
                double.IsFinite(row.Hours) ? row.Hours.ToString("F2", CultureInfo.InvariantCulture) : Figures.None);
        }

        return made;
    });

    private static string Repeated(PublishedRow row, SystemResult? result)
    {
        if (result is null)
        {
            return NotRun;
        }

        var uar = PublishedRow.OfSplits(result, uar: true).ToString();
        var score = row.InUar ? uar : $"{PublishedRow.OfSplits(result, uar: false)} (UAR {uar})";
        return result.Trials.Count == RandomHoldOut.DefaultDraws ? score : $"{score}, {Figures.Of(result.Trials.Count, "split")}";
    }

    private static string Apart(PublishedRow row, SystemResult? result)
    {
        if (result is null)
        {
            return NotRun;
        }

        var score = ScoresByBadge.Score(result);
        return row.InUar ? score : $"{score}; accuracy {result.OverSeeds(s => s.Scores.Accuracy)}";
    }

    private static IEnumerable<ReportTable> Splits(PublishedTable table)
    {
        var made = new ReportTable("Drawn splits (speaker-dependent)", "Drawn splits (speaker-dependent), per cent", "<Corpus", "<Settings", "Splits", "Accuracy", "Lowest to highest", "UAR", "Lowest to highest ");
        foreach (var row in table.Rows)
        {
            foreach (var result in new[] { row.PrintedSplits, row.TunedSplits }.OfType<SystemResult>())
            {
                made.Row(
                    row.System, row.Corpus, result.Variant.Length == 0 ? PublishedTable.Printed : result.Variant, Figures.Count(result.Trials.Count),
                    PublishedRow.OfSplits(result, uar: false).ToString(), Range(result, uar: false), PublishedRow.OfSplits(result, uar: true).ToString(), Range(result, uar: true));
            }
        }

        return made.Rows.Count > 0 ? [made] : [];
    }

    private static string Range(SystemResult result, bool uar)
    {
        var values = PublishedRow.Splits(result, uar);
        return $"{Figures.Percent(values.Min())} to {Figures.Percent(values.Max())}";
    }

    private static IEnumerable<ReportTable> Missing(PublishedTable table, string command)
    {
        var made = new ReportTable("Rows still to be run", "Still to be run", "<Corpus", "<What", "<Command");
        foreach (var row in table.Rows.Where(r => !r.IsWhole))
        {
            string?[] what =
            [
                row.PrintedSplits is null ? "as printed" : null,
                row.Paper.Tuned.Count > 0 && row.TunedSplits is null ? "as tuned" : null,
                row.Independent is null ? "speaker-independent" : null,
                row.Adapted is null ? "speaker-independent, adapted" : null,
            ];
            made.Row(row.System, row.Corpus, string.Join("; ", what.OfType<string>()), $"`{command} --set 'systems=[{row.System}]' --set 'corpora=[{row.Corpus}]'`");
        }

        foreach (var (corpus, systems) in table.NotAtHand)
        {
            made.Row(string.Join(", ", systems), corpus, "all, where the corpus is at hand", $"`{command} --set 'corpora=[{corpus}]' --set labels=big-four`");
        }

        return made.Rows.Count > 0 ? [made] : [];
    }

    private static ReportTable Sources(PublishedTable table)
    {
        var made = new ReportTable("Where the published figures come from, and what is repeated", "System", "<Corpus", "<Published", "<Split here", "<Split of the paper", "<System here");
        foreach (var row in table.Rows)
        {
            var split = row.Paper.Split;
            made.Row(
                row.System,
                row.Corpus,
                row.Reported.Count == 0 ? Figures.None : string.Join("; ", row.Reported.OrderBy(f => f != row.Published).Select(f => $"{f} ({f.Source})")),
                split is null ? Figures.None : string.Create(CultureInfo.InvariantCulture, $"{split.TestPercent} % tested{(split.Folds is { } k ? $": one of {k} folds a draw" : "")}"),
                row.Paper.Protocol,
                row.Paper.IsReconstruction ? "a reconstruction" : "as printed");
        }

        return made;
    }

    private static IEnumerable<string> Remarks(PublishedRow row)
    {
        if (row.AboveRepeated > Short)
        {
            var tried = row.Paper.Tried.Count == 0 ? "Nothing was tried yet to come nearer." : $"What was tried to come nearer: {string.Join(" ", row.Paper.Tried)}";
            yield return $"{row.System} on {row.Corpus} falls {Figures.Points(row.AboveRepeated).TrimStart('+')} points short of the published figure on the paper's own kind of split. {tried}";
        }
    }
}
