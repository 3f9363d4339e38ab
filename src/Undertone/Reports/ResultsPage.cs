using System.Globalization;
using System.Text;
using Undertone.Experiments;
using Undertone.Reports.Parts;
using Undertone.Systems;

namespace Undertone.Reports;

/// <summary>Writes a page of docs/results from the files kept beside it: one row a system, one column a badge.</summary>
public static class ResultsPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="kept">What is kept.</param>
    /// <returns>Markdown, lines ending with <c>\n</c>.</returns>
    public static string Write(KeptResults kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var results = ResultCalculator.Of(kept.Trials);
        var every = ResultSection.Of(results);
        IReadOnlyList<ReportPart> published = [.. PublishedPart.Of(kept, every)];

        // Drawn splits are told of by the part on published figures.
        var sections = published.Count == 0 ? every : [.. every.Where(s => !s.IsHoldOut)];
        var matrices = CrossCorpusMatrix.Of(results);
        var regressions = RegressionSection.Of(RegressionCalculator.Of(kept.Regressions));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownTable.Escape(kept.Name)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `undertone results write`, from the predictions in `{kept.Name}.predictions.csv.gz`; `undertone results check` writes it again and compares.\n\n");
        foreach (var headline in matrices.Select(m => m.Headline).Concat(sections.Where(s => !s.IsCrossCorpus && (published.Count == 0 || s.Best is not null)).Select(s => s.Headline)).Concat(regressions.Select(r => r.Headline)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{MarkdownTable.Escape(headline)}**\n");
        }

        if (published.Count > 0)
        {
            text.Append(sections.Any(s => s.Best is not null) || regressions.Count > 0 ? "\n" : "");
            MarkdownPart.Write(text, published, 2);
        }

        if (sections.Count > 0)
        {
            text.Append(published.Count > 0 ? "" : "\n").Append(Notes.Reading).Append('\n').Append(Notes.Adapted).Append('\n').Append(Notes.Chosen).Append("\n\n");
        }

        if (regressions.Count > 0)
        {
            text.Append('\n').Append(Notes.RegressionReading).Append('\n').Append(Notes.Adapted).Append('\n').Append(Notes.RegressionChosen).Append("\n\n");
        }

        foreach (var section in regressions)
        {
            RegressionTables.WriteTo(text, section);
        }

        var parts = new PartCatalog(sections, KeptSpeaker.Corpora(kept), [.. kept.Experiments.SelectMany(e => ExperimentFile.ClaimsOf(e.Name, e.Yaml))], [.. kept.Experiments.Select(e => e.Yaml)], []);
        MarkdownPart.Write(text, parts.Above, 2);
        foreach (var matrix in matrices)
        {
            MarkdownReport.Pairs(text, matrix);
        }

        foreach (var comparable in sections.GroupBy(s => (s.Corpus, s.Protocol)))
        {
            Comparison(text, [.. comparable], parts);
        }

        MarkdownPart.Write(text, parts.Below, 2);

        Times(text, [.. kept.Trials, .. kept.Regressions]);
        Origin(text, kept);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Comparison(StringBuilder text, List<ResultSection> sections, PartCatalog parts)
    {
        var first = sections[0];
        var results = sections.SelectMany(s => s.Results).ToList();
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape($"{first.Corpus}, {first.ProtocolTitle}")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{first.Results[0].Classes.Count} classes, chance {Figures.PercentSign(first.Results[0].Chance)}. {Notes.Development(first.Corpus)}\n\n");

        // A variant that is all that tells two badges of a system apart is told by the badge already.
        var bySystem = results.GroupBy(r => (r.System, r.Badge)).All(g => g.Count() == 1);
        string[] heads = ["System"];
        foreach (var section in sections)
        {
            heads = [.. heads, $"Validation UAR ({section.Badge})", $"UAR ({section.Badge})", $"UAR over never-chosen speakers ({section.Badge})"];
        }

        var table = new MarkdownTable(heads);
        foreach (var row in results.GroupBy(r => bySystem ? r.System : r.Label).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            List<string> cells = [row.Key];
            foreach (var section in sections)
            {
                var result = row.FirstOrDefault(r => r.Badge == section.Badge);
                var star = result is not null && section.Results.Count > 1 && ReferenceEquals(section.Best, result) ? " ★" : "";
                cells.AddRange(result is null
                    ? [Figures.None, Figures.None, Figures.None]
                    : [result.ValidationUar() + star, Full(result, s => s.Uar.Estimate, result.Uar), Full(result, s => s.Unchosen.Estimate, result.Unchosen)]);
            }

            table.Row([.. cells]);
        }

        table.WriteTo(text);
        foreach (var section in sections)
        {
            // Across corpora there is a section for every pair and badge; the mean over pairs above is what a reader looks for.
            if (section.IsCrossCorpus)
            {
                text.Append(CultureInfo.InvariantCulture, $"<details><summary>By seed, by class, by group of speakers, and pair by pair of systems: {section.Badge}</summary>\n\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"### By seed: {section.Badge}\n\n");
            ResultTables.Seeds(section.Results).WriteTo(text);
            text.Append(CultureInfo.InvariantCulture, $"### By class: {section.Badge}\n\n");
            ResultTables.Recalls(section).WriteTo(text);
            MarkdownPart.Write(text, parts.Of(section), 3);
            text.Append(section.IsCrossCorpus ? "</details>\n\n" : "");
        }
    }

    private static string Full(SystemResult result, Func<SeedResult, double> score, UarInterval interval) =>
        $"{result.OverSeeds(score)} {(double.IsFinite(interval.Low) ? Figures.Interval(interval.Low, interval.High) : "")}".TrimEnd();

    private static void Times(StringBuilder text, IReadOnlyList<FinishedTrial> trials)
    {
        text.Append("## Time\n\n");
        var timed = trials.Where(t => double.IsFinite(t.Seconds)).ToList();
        var counted = timed.Any(t => t.Cost is not null);
        string[] costs = counted ? ["Parameters", "Multiply-adds a second"] : [];
        var table = new MarkdownTable(["System", "<Corpus", "<Protocol", "<Badge", "Trials", "Seconds a trial", "Hours in all", .. costs]);
        foreach (var g in timed.GroupBy(t => (t.System, t.Variant, t.Corpus, t.Protocol, t.Badge)))
        {
            string[] cost = counted ? [Figures.Short(Mean(g, c => c.Parameters)), Figures.Short(Mean(g, c => c.MultiplyAddsPerSecond))] : [];
            table.Row(
            [
                g.Key.Variant.Length == 0 ? g.Key.System : $"{g.Key.System} · {g.Key.Variant}",
                g.Key.Corpus,
                g.Key.Protocol,
                g.Key.Badge.ToString(),
                Figures.Count(g.Count()),
                g.Average(t => t.Seconds).ToString("F1", CultureInfo.InvariantCulture),
                Hours(g.Sum(t => t.Seconds)),
                .. cost,
            ]);
        }

        table.WriteTo(text);
        text.Append(CultureInfo.InvariantCulture, $"{Figures.Of(timed.Count, "trial")}, {Hours(timed.Sum(t => t.Seconds))} hours of their processes, one thread each, at most {Figures.Of(AtOnce(timed), "process", "processes")} at once.\n\n");
        if (counted)
        {
            text.Append("Parameters are learned values, all members together; multiply-adds are those of predicting a second of speech, features not counted.\n\n");
        }
    }

    private static double Mean(IEnumerable<FinishedTrial> trials, Func<ModelCost, double> of) =>
        trials.Select(t => t.Cost is { } cost ? of(cost) : double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The greatest number of trials that ran at one moment: the cores that were used.</summary>
    internal static int AtOnce(IReadOnlyList<FinishedTrial> trials)
    {
        var running = 0;
        return trials.Where(t => t.Started is not null)
            .SelectMany(t => new[] { (At: t.Started!.Value, Step: 1), (At: t.Started!.Value.AddSeconds(t.Seconds), Step: -1) })
            .OrderBy(e => e.At).ThenBy(e => e.Step)
            .Select(e => running += e.Step)
            .DefaultIfEmpty(0).Max();
    }

    private static void Origin(StringBuilder text, KeptResults kept)
    {
        text.Append("## The commands that made it\n\n");
        var commands = kept.Experiments.Select(e => e.Command).Append(
            $"./undertone results write {kept.Name} {string.Join(' ', kept.Experiments.Select(e => "runs/" + e.Name))}");
        MarkdownReport.Fence(text, "sh", string.Join('\n', commands));
        text.Append(CultureInfo.InvariantCulture, $"Each experiment as resolved, every default written out, is kept in `{kept.Name}.json`.\n\n");
        var table = new MarkdownTable("Experiment", "<SHA-256 of the experiment as resolved");
        foreach (var e in kept.Experiments)
        {
            table.Row(e.Name, e.Sha256);
        }

        table.WriteTo(text);
    }

    private static string Hours(double seconds) => (seconds / 3600).ToString("F2", CultureInfo.InvariantCulture);
}
