using Undertone.Reports.Charts;

namespace Undertone.Reports;

/// <summary>One system's part of <c>report.html</c>: classes, confusion matrix, speakers, calibration, seeds, training.</summary>
internal static class HtmlSystem
{
    /// <summary>With more systems than this, each is folded up.</summary>
    public const int MostOpen = 8;

    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter page, ChartFigure figures, ResultSection section, SystemResult result, ReportCorpus? corpus, string id, bool folded)
    {
        page.Raw(folded ? $"<details class=\"system\"><summary><h2 id=\"{id}\">" : $"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">").Text(result.Label)
            .Raw(folded ? "</h2> <span class=\"small\">" : "</h2>\n<p class=\"small\">")
            .Text($"{section.Corpus}, {section.ProtocolTitle}, {Figures.Of(result.Seeds.Count, "seed")} ").Raw(HtmlReport.BadgeLabel(section.Badge))
            .Raw(folded ? "</span></summary>\n" : "</p>\n");
        figures.Write(
            [
                ConfusionChart.Of(result),
                ClassChart.Of(result),
                SpeakerChart.Of(result),
                CalibrationChart.Of(result),
                .. TrainingChart.Of(result),
                FairnessChart.Of(result, corpus?.Heard ?? []),
            ],
            3);
        if (result.Seeds.Count > 1)
        {
            Seeds(page, result);
        }

        page.Raw(folded ? "</details>\n" : "</section>\n");
    }

    private static void Seeds(HtmlWriter page, SystemResult result)
    {
        page.Element("h3", "By seed").Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Seed</th>");
        foreach (var head in (string[])["Validation UAR", $"UAR, {result.Badge}", "Never-chosen speakers", "Accuracy", "Macro F1", "Weighted F1"])
        {
            page.Element("th scope=\"col\" class=\"n\"", head);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var s in result.Seeds)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", Figures.Count(s.Seed)).Element("td class=\"n\"", Figures.Percent(s.ValidationUar))
                .Element("td class=\"n\"", s.Uar.ToString()).Element("td class=\"n\"", s.Unchosen.ToString())
                .Element("td class=\"n\"", Figures.Percent(s.Scores.Accuracy)).Element("td class=\"n\"", Figures.Percent(s.Scores.MacroF1))
                .Element("td class=\"n\"", Figures.Percent(s.Scores.WeightedF1)).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }
}
