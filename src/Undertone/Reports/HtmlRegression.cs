using Undertone.Reports.Charts;

namespace Undertone.Reports;

/// <summary>The head and results of <c>report.html</c> where values were learned in place of classes.</summary>
internal static class HtmlRegression
{
    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter page, ChartFigure figures, ReportInput input, IReadOnlyList<RegressionSection> sections, IReadOnlyList<ReportFinding> findings)
    {
        page.Raw("<header>\n").Element("p class=\"kicker\"", "Undertone · experiment report").Element("h1", input.Name);
        if (input.Description is { Length: > 0 } description)
        {
            page.Element("p class=\"lead\"", description);
        }

        foreach (var section in sections)
        {
            page.Element("p class=\"lead\"", section.Headline);
        }

        page.Raw("<dl class=\"facts\">\n");
        page.Fact("Targets", string.Join(", ", sections.SelectMany(s => s.Targets).Distinct()));
        page.Fact("Corpora", string.Join(", ", sections.Select(s => s.Corpus).Distinct()));
        page.Fact("Systems", string.Join(", ", sections.SelectMany(s => s.Results).Select(r => r.System).Distinct().Order(StringComparer.Ordinal)));
        page.Fact("Protocols", string.Join(", ", sections.Select(s => s.ProtocolTitle).Distinct()));
        page.Fact("Seeds", string.Join(", ", input.Finished.Select(t => t.Seed).Distinct().Order().Select(Figures.Count)));
        page.Fact("Trials", $"{Figures.Count(input.Finished.Count)} finished, {Figures.Count(input.Failures.Count)} failed");
        page.Raw("</dl>\n<nav aria-label=\"Contents\"><a href=\"#results\">Results</a><a href=\"#corpora\">Corpora</a><a href=\"#cost\">Cost</a><a href=\"#repeat\">To repeat it</a></nav>\n</header>\n");
        HtmlHead.Findings(page, findings);
        HtmlHead.Failures(page, input.Failures);
        page.Element("h2 id=\"results\"", "Results").Element("p class=\"small\"", Notes.RegressionReading);
        if (sections.Any(s => s.Badge.Adapted))
        {
            page.Element("p class=\"small\"", Notes.Adapted);
        }

        page.Element("p class=\"small\"", Notes.RegressionChosen);
        foreach (var section in sections)
        {
            Section(page, figures, section);
        }
    }

    private static void Section(HtmlWriter page, ChartFigure figures, RegressionSection section)
    {
        page.Raw("<h3>").Text($"{section.Corpus}, {section.ProtocolTitle}, {string.Join(" and ", section.Targets)} ").Raw(HtmlReport.BadgeLabel(section.Badge)).Raw("</h3>\n")
            .Element("p class=\"small\"", $"All test scores here are {section.Badge}. {Notes.Development(section.Corpus)}");
        figures.Write([ConcordanceChart.Of(section)], 4);
        Table(page, RegressionTables.Heads(section), RegressionTables.Rows(section), texts: 2);
        foreach (var result in section.Results)
        {
            page.Element("h4", $"{result.Label}: by speaker and by epoch").Element("p class=\"small\"", Notes.RegressionSpeakers);
            Table(page, RegressionTables.SpeakerHeads(result), RegressionTables.SpeakerRows(result).Select(r => (false, r)), texts: 1);
            figures.Write(TrainingChart.Of(result), 4);
        }
    }

    private static void Table(HtmlWriter page, IReadOnlyList<string> heads, IEnumerable<(bool Best, IReadOnlyList<string> Cells)> rows, int texts)
    {
        page.Raw("<div class=\"wide\"><table>\n<thead><tr>");
        for (var i = 0; i < heads.Count; i++)
        {
            page.Element(i < texts ? "th scope=\"col\"" : "th scope=\"col\" class=\"n\"", heads[i]);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var (best, cells) in rows)
        {
            page.Raw(best ? "<tr class=\"best\">" : "<tr>").Element("th scope=\"row\"", cells[0]);
            for (var i = 1; i < cells.Count; i++)
            {
                page.Element(i < texts ? "td" : "td class=\"n\"", cells[i]);
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }
}
