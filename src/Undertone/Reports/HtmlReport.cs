using System.Globalization;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>
/// Writes <c>report.html</c>: one file that needs nothing beside it. Durations, the only thing in it that differs
/// between two runs of the same experiment, stand in a section of their own.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its results.</param>
    /// <param name="findings">What the analysers found.</param>
    /// <returns>HTML, lines ending with <c>\n</c>.</returns>
    public static string Write(ReportInput input, IReadOnlyList<SystemResult> results, IReadOnlyList<ReportFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(findings);
        var sections = ResultSection.Of(results);
        var page = new HtmlWriter();
        page.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Element("title", input.Name + " · Undertone")
            .Raw("<style>\n" + ReportStyle.Css + "\n</style>\n</head>\n<body>\n<main>\n");
        var matrices = CrossCorpusMatrix.Of(results);
        Head(page, input, sections, matrices);
        Findings(page, findings, input.Failures);
        var anchors = sections.SelectMany(s => s.Results).Select((r, i) => (r, i)).ToDictionary(object (p) => p.r, p => "system-" + Figures.Count(p.i + 1), ReferenceEqualityComparer.Instance);
        Results(page, sections, matrices, anchors);
        foreach (var section in sections)
        {
            foreach (var result in section.Results)
            {
                HtmlSystem.Write(page, section, result, anchors[result]);
            }
        }

        Corpora(page, input.Corpora);
        Durations(page, results);
        Repeat(page, input);
        page.Raw("</main>\n</body>\n</html>\n");
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A badge as a small label.</summary>
    internal static string BadgeLabel(Badge badge) =>
        $"<span class=\"badge{(badge.Kind == BadgeKind.SpeakerDependent ? " leaky" : "")}\">{HtmlWriter.Escape(badge.ToString())}</span>";

    private static void Head(HtmlWriter page, ReportInput input, IReadOnlyList<ResultSection> sections, IReadOnlyList<CrossCorpusMatrix> matrices)
    {
        page.Raw("<header>\n").Element("p class=\"kicker\"", "Undertone · experiment report").Element("h1", input.Name);
        if (input.Description is { Length: > 0 } description)
        {
            page.Element("p class=\"lead\"", description);
        }

        foreach (var matrix in matrices)
        {
            page.Element("p class=\"lead\"", matrix.Headline);
        }

        foreach (var section in sections.Where(s => !s.IsCrossCorpus))
        {
            Headline(page, section);
        }

        if (sections.Count == 0)
        {
            page.Element("p class=\"lead\"", "No trial has finished yet.");
        }

        var systems = sections.SelectMany(s => s.Results).Select(r => r.System).Distinct().Order(StringComparer.Ordinal).ToList();
        page.Raw("<dl class=\"facts\">\n");
        Fact(page, "Corpora", string.Join(", ", sections.Select(s => s.Corpus).Distinct()));
        Fact(page, "Systems", string.Join(", ", systems));
        Fact(page, "Protocols", string.Join(", ", sections.Select(s => s.ProtocolTitle).Distinct()));
        Fact(page, "Seeds", string.Join(", ", input.Trials.Select(t => t.Seed).Distinct().Order().Select(Figures.Count)));
        Fact(page, "Trials", $"{Figures.Count(input.Trials.Count)} finished, {Figures.Count(input.Failures.Count)} failed");
        page.Raw("</dl>\n<nav aria-label=\"Contents\"><a href=\"#results\">Results</a><a href=\"#corpora\">Corpora</a><a href=\"#durations\">Durations</a><a href=\"#repeat\">To repeat it</a></nav>\n</header>\n");
    }

    private static void Headline(HtmlWriter page, ResultSection section)
    {
        if (section.Best is not { } best)
        {
            page.Element("p class=\"lead\"", section.Headline);
            return;
        }

        var uar = best.OverSeeds(s => s.Uar.Estimate).Mean;
        page.Raw("<p class=\"lead\">").Raw("<b>").Text(best.Label).Raw("</b> recognises ")
            .Text(Figures.Count(best.Classes.Count)).Text(" emotions of ").Text(section.Corpus).Text(" with ")
            .Raw("<b>").Text(Figures.PercentSign(uar)).Raw("</b> UAR ").Text(Figures.Interval(best.Uar.Low, best.Uar.High)).Raw(" ")
            .Raw(BadgeLabel(section.Badge)).Text(" under ").Text(section.ProtocolTitle);
        if (section.HasDevelopmentSpeakers)
        {
            page.Text(", and ").Text(Figures.PercentSign(best.OverSeeds(s => s.Unchosen.Estimate).Mean)).Text(" over the speakers never used for choosing");
        }

        page.Text(". Chance is ").Text(Figures.PercentSign(best.Chance)).Text(".");
        page.Raw("</p>\n");
    }

    private static void Findings(HtmlWriter page, IReadOnlyList<ReportFinding> findings, IReadOnlyList<FailedTrial> failures)
    {
        if (findings.Count > 0)
        {
            page.Element("h2 id=\"findings\"", "What a reader should not miss").Raw("<ul class=\"findings\">\n");
            foreach (var finding in findings)
            {
                page.Element($"li class=\"{finding.Weight}\"", finding.Text);
            }

            page.Raw("</ul>\n");
        }

        if (failures.Count > 0)
        {
            page.Element("h2 id=\"failed\"", "Failed trials").Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Trial</th><th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n");
            foreach (var failure in failures)
            {
                page.Raw("<tr>").Element("th scope=\"row\"", failure.Name).Element("td", failure.Reason).Raw("</tr>\n");
            }

            page.Raw("</tbody></table></div>\n");
        }
    }

    private static void Results(HtmlWriter page, IReadOnlyList<ResultSection> sections, IReadOnlyList<CrossCorpusMatrix> matrices, Dictionary<object, string> anchors)
    {
        page.Element("h2 id=\"results\"", "Results").Element("p", Notes.Reading);
        if (sections.Any(s => s.Badge.Adapted))
        {
            page.Element("p", Notes.Adapted);
        }

        page.Element("p", Notes.Chosen);
        foreach (var matrix in matrices)
        {
            Pairs(page, matrix);
        }

        foreach (var section in sections)
        {
            Section(page, section, anchors);
        }
    }

    private static void Pairs(HtmlWriter page, CrossCorpusMatrix matrix)
    {
        page.Raw("<h3>").Text($"{matrix.Protocol}, all pairs ").Raw(BadgeLabel(matrix.Badge)).Raw("</h3>\n").Element("p class=\"small\"", Notes.Pairs);
        page.Raw("<div class=\"wide\"><table class=\"full\">\n<thead><tr>").Element("th scope=\"col\"", "System")
            .Element("th scope=\"col\" class=\"n\"", "Mean validation UAR").Element("th scope=\"col\" class=\"n\"", $"Mean UAR, {matrix.Badge}");
        foreach (var pair in matrix.Pairs)
        {
            page.Element("th scope=\"col\" class=\"n\"", pair.ToString());
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var cells in ResultTables.PairRows(matrix))
        {
            page.Raw("<tr>").Element("th scope=\"row\"", cells[0]);
            foreach (var cell in cells.Skip(1))
            {
                page.Element("td class=\"n\"", cell);
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Section(HtmlWriter page, ResultSection section, Dictionary<object, string> anchors)
    {
        page.Raw("<h3>").Text($"{section.Corpus}, {section.ProtocolTitle} ").Raw(BadgeLabel(section.Badge)).Raw("</h3>\n");
        page.Element(
            "p class=\"small\"",
            $"All test scores in this table are {section.Badge}. Dotted line: chance, {Figures.PercentSign(section.Results[0].Chance)}. {Notes.Development(section.Corpus)}");
        page.Raw("<div class=\"wide\"><table class=\"full\">\n<thead><tr>").Element("th scope=\"col\"", "System")
            .Element("th scope=\"col\" class=\"n\"", "Validation UAR").Element("th scope=\"col\" class=\"n\"", $"UAR, {section.Badge}")
            .Element("th scope=\"col\"", "0 to 100 %").Element("th scope=\"col\" class=\"n\"", "Never-chosen speakers");
        foreach (var head in (string[])["Accuracy", "Macro F1", "Weighted F1", "Trials"])
        {
            page.Element("th scope=\"col\" class=\"n\"", head);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var r in section.Results)
        {
            var best = section.Results.Count > 1 && ReferenceEquals(section.Best, r);
            page.Raw(best ? "<tr class=\"best\">" : "<tr>").Raw($"<th scope=\"row\"><a href=\"#{anchors[r]}\">").Text(r.Label)
                .Raw(best ? "</a> <span class=\"star\" title=\"best validation UAR\">★</span></th>" : "</a></th>");
            page.Element("td class=\"n\"", Figures.Percent(r.ValidationUar().Mean));
            Score(page, r.OverSeeds(s => s.Uar.Estimate), r.Uar);
            page.Raw("<td>" + Pictures.Interval(r.OverSeeds(s => s.Uar.Estimate).Mean, r.Uar.Low, r.Uar.High, r.Chance) + "</td>");
            Score(page, r.OverSeeds(s => s.Unchosen.Estimate), r.Unchosen);
            page.Element("td class=\"n\"", Figures.Percent(r.OverSeeds(s => s.Scores.Accuracy).Mean))
                .Element("td class=\"n\"", Figures.Percent(r.OverSeeds(s => s.Scores.MacroF1).Mean))
                .Element("td class=\"n\"", Figures.Percent(r.OverSeeds(s => s.Scores.WeightedF1).Mean))
                .Element("td class=\"n\"", ResultTables.Trials(r)).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Score(HtmlWriter page, MeanAndSpread mean, UarInterval interval) => page
        .Raw("<td class=\"n\">").Text(mean.ToString())
        .Raw(double.IsFinite(interval.Low) ? " <span class=\"ci\">" + Figures.Interval(interval.Low, interval.High) + "</span></td>" : "</td>");

    private static void Corpora(HtmlWriter page, IReadOnlyList<ReportCorpus> corpora)
    {
        page.Element("h2 id=\"corpora\"", "Corpora");
        foreach (var corpus in corpora)
        {
            page.Element("h3", corpus.Name).Raw("<dl class=\"facts\">\n");
            foreach (var (name, value) in CorpusFacts.Of(corpus))
            {
                Fact(page, name, value);
            }

            page.Raw("</dl>\n");
        }
    }

    private static void Durations(HtmlWriter page, IReadOnlyList<SystemResult> results)
    {
        page.Element("h2 id=\"durations\"", "Durations")
            .Element("p", "Wall-clock time of each trial's own process, from its start to its last row. It differs from run to run, and no score depends on it.")
            .Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">System</th><th scope=\"col\">Corpus and protocol</th><th scope=\"col\" class=\"n\">Trials</th><th scope=\"col\" class=\"n\">Mean a trial</th><th scope=\"col\" class=\"n\">All trials</th></tr></thead>\n<tbody>\n");
        foreach (var r in results)
        {
            var seconds = r.Trials.Select(t => t.Seconds).Where(double.IsFinite).ToList();
            page.Raw("<tr>").Element("th scope=\"row\"", r.Label).Element("td", $"{r.Corpus}, {r.Protocol}, {r.Badge}")
                .Element("td class=\"n\"", Figures.Count(r.Trials.Count))
                .Element("td class=\"n\"", seconds.Count == 0 ? Figures.None : Figures.Duration(seconds.Average()))
                .Element("td class=\"n\"", seconds.Count == 0 ? Figures.None : Figures.Duration(seconds.Sum())).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Repeat(HtmlWriter page, ReportInput input)
    {
        page.Element("h2 id=\"repeat\"", "To repeat it").Element("pre", input.Command).Element("p", Notes.Repeat).Raw("<dl class=\"facts\">\n");
        foreach (var (name, version) in input.Versions)
        {
            Fact(page, name, version);
        }

        page.Raw("</dl>\n<details>").Element("summary", "The experiment as resolved, every default written out")
            .Element("pre", input.ExperimentYaml.TrimEnd('\n')).Raw("</details>\n")
            .Raw("<footer>").Element(
                "p class=\"small\"", string.Create(CultureInfo.InvariantCulture, $"Every number here is computed from the predictions of {input.Trials.Count} trials, kept beside this file in trials/*/predictions.csv."))
            .Raw("</footer>\n");
    }

    private static void Fact(HtmlWriter page, string name, string value) => page.Element("dt", name).Element("dd", value);
}
