using Undertone.Reports.Charts;
using Undertone.Reports.Parts;

namespace Undertone.Reports;

/// <summary>The results of <c>report.html</c>: what compares sections, then each section's leaderboard and table.</summary>
internal static class HtmlResults
{
    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter page, ChartFigure figures, IReadOnlyList<ResultSection> sections, IReadOnlyList<CrossCorpusMatrix> matrices, ReportInput input, Dictionary<object, string> anchors)
    {
        page.Element("h2 id=\"results\"", "Results").Element("p class=\"small\"", Notes.Reading);
        if (sections.Any(s => s.Badge.Adapted))
        {
            page.Element("p class=\"small\"", Notes.Adapted);
        }

        page.Element("p class=\"small\"", Notes.Chosen);
        var parts = new PartCatalog(sections, input.Corpora, input.Claims, [input.ExperimentYaml]);
        HtmlPart.Write(page, parts.Above, 3);
        figures.Write(RealityGapChart.Of(sections), 3);
        figures.Write(LearningCurveChart.Of(sections), 3);
        foreach (var matrix in matrices)
        {
            Pairs(page, figures, matrix);
        }

        foreach (var section in sections)
        {
            Section(page, figures, section, parts.ComparisonOf(section), anchors);
            HtmlPart.Write(page, parts.Of(section), 4);
        }

        HtmlPart.Write(page, parts.Below, 3);
    }

    private static void Pairs(HtmlWriter page, ChartFigure figures, CrossCorpusMatrix matrix)
    {
        page.Raw("<h3>").Text($"{matrix.Protocol}, all pairs ").Raw(HtmlReport.BadgeLabel(matrix.Badge)).Raw("</h3>\n").Element("p class=\"small\"", Notes.Pairs);
        figures.Write(CrossCorpusChart.Of(matrix), 4);
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

    private static void Section(HtmlWriter page, ChartFigure figures, ResultSection section, SectionComparison compared, Dictionary<object, string> anchors)
    {
        page.Raw("<h3>").Text($"{section.Corpus}, {section.ProtocolTitle} ").Raw(HtmlReport.BadgeLabel(section.Badge)).Raw("</h3>\n");
        page.Element(
            "p class=\"small\"",
            $"All test scores here are {section.Badge}. Chance is {Figures.PercentSign(section.Results[0].Chance)}. {Notes.Development(section.Corpus)}");
        if (section.IsPartOfCurve)
        {
            Table(page, section, anchors);
            return;
        }

        figures.Write([LeaderboardChart.Of(section)], 4);
        Table(page, section, anchors);
        figures.Write([ClassRecallChart.Of(section)], 4);
        foreach (var comparison in compared.Groups)
        {
            figures.Write([SignificanceChart.Of(comparison), CriticalDifferenceChart.Of(comparison)], 4);
        }
    }

    private static void Table(HtmlWriter page, ResultSection section, Dictionary<object, string> anchors)
    {
        page.Raw("<div class=\"wide\"><table class=\"full\">\n<thead><tr>").Element("th scope=\"col\"", "System");
        foreach (var head in (string[])["Validation UAR", $"UAR, {section.Badge}", "Never-chosen speakers", "Accuracy", "Macro F1", "Weighted F1", "Trials"])
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
}
