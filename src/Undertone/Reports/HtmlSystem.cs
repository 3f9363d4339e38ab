using System.Globalization;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Reports;

/// <summary>One system's part of <c>report.html</c>: classes, confusion matrix, speakers, seeds, training.</summary>
internal static class HtmlSystem
{
    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter page, ResultSection section, SystemResult result, string id)
    {
        page.Raw($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">").Text(result.Label).Raw("</h2>\n<p class=\"small\">")
            .Text($"{section.Corpus}, {section.ProtocolTitle}, {Figures.Of(result.Seeds.Count, "seed")} ").Raw(HtmlReport.BadgeLabel(section.Badge)).Raw("</p>\n");
        page.Raw("<div class=\"pair\">\n");
        Confusion(page, result);
        Classes(page, result);
        page.Raw("</div>\n");
        Speakers(page, result);
        if (result.Seeds.Count > 1)
        {
            Seeds(page, result);
        }

        Training(page, result);
        page.Raw("</section>\n");
    }

    private static void Confusion(HtmlWriter page, SystemResult result)
    {
        page.Raw("<div class=\"wide\"><table class=\"matrix\">\n").Element("caption", "Confusion: rows are true classes, columns are predicted ones; per cent of the true class, number of rows below it.")
            .Raw("<thead><tr><td></td>");
        foreach (var name in result.Classes)
        {
            page.Element("th scope=\"col\"", name);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        for (var t = 0; t < result.Classes.Count; t++)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", result.Classes[t]);
            var all = result.Pooled.Confusion.Support(t);
            for (var p = 0; p < result.Classes.Count; p++)
            {
                var count = result.Pooled.Confusion[t, p];
                var share = all == 0 ? double.NaN : count / (double)all;
                page.Raw(string.Create(CultureInfo.InvariantCulture, $"<td class=\"s{Shades.StepOf(share)}{(t == p ? " hit" : "")}\">{Figures.Percent(share)}<small>{count}</small></td>"));
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Classes(HtmlWriter page, SystemResult result)
    {
        page.Raw("<div class=\"wide\"><table>\n").Element("caption", "By class, in per cent")
            .Raw("<thead><tr><th scope=\"col\">Class</th><th scope=\"col\" class=\"n\">Rows</th><th scope=\"col\" class=\"n\">Precision</th><th scope=\"col\" class=\"n\">Recall</th><th scope=\"col\" class=\"n\">F1</th></tr></thead>\n<tbody>\n");
        foreach (var c in result.Pooled.Classes)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", c.Class).Element("td class=\"n\"", Figures.Count(c.Support))
                .Element("td class=\"n\"", Figures.Percent(c.Precision)).Element("td class=\"n\"", Figures.Percent(c.Recall))
                .Element("td class=\"n\"", Figures.Percent(c.F1)).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Speakers(HtmlWriter page, SystemResult result)
    {
        page.Element("h4", "UAR by speaker").Element(
            "p class=\"small\"",
            $"Mean over speakers {result.OverSpeakers()}, over folds {result.OverFolds()}. {Notes.Speakers}"
            + (result.Speakers.Any(s => s.Chosen) ? " † marks speakers on whom defaults were chosen." : ""));
        page.Raw("<ul class=\"speakers\">\n");
        foreach (var s in result.Speakers)
        {
            var width = double.IsFinite(s.Uar) ? Math.Clamp(s.Uar, 0, 1) * 100 : 0;
            page.Raw("<li><span>").Text(s.Speaker).Raw(s.Chosen ? "†</span>" : "</span>")
                .Raw(string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{width:F1}%\"></i></span>"))
                .Raw("<span>").Text(Figures.PercentSign(s.Uar)).Raw("</span></li>\n");
        }

        page.Raw("</ul>\n");
    }

    private static void Seeds(HtmlWriter page, SystemResult result)
    {
        page.Element("h4", "By seed")
            .Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Seed</th><th scope=\"col\" class=\"n\">Validation UAR</th><th scope=\"col\" class=\"n\">UAR</th><th scope=\"col\" class=\"n\">Never-chosen speakers</th><th scope=\"col\" class=\"n\">Accuracy</th><th scope=\"col\" class=\"n\">Macro F1</th><th scope=\"col\" class=\"n\">Weighted F1</th></tr></thead>\n<tbody>\n");
        foreach (var s in result.Seeds)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", Figures.Count(s.Seed)).Element("td class=\"n\"", Figures.Percent(s.ValidationUar))
                .Element("td class=\"n\"", s.Uar.ToString()).Element("td class=\"n\"", s.Unchosen.ToString())
                .Element("td class=\"n\"", Figures.Percent(s.Scores.Accuracy)).Element("td class=\"n\"", Figures.Percent(s.Scores.MacroF1))
                .Element("td class=\"n\"", Figures.Percent(s.Scores.WeightedF1)).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void Training(HtmlWriter page, SystemResult result)
    {
        var histories = result.Trials.Select(t => t.History).Where(h => h.Count > 0).ToList();
        if (histories.Count == 0)
        {
            return;
        }

        page.Element("h4", "Training").Raw("<div class=\"pair\">\n");
        if (histories.Any(h => h.Any(e => double.IsFinite(e.ValidationUar))))
        {
            Curves(page, "Validation UAR by epoch", histories, e => e.ValidationUar, 0, 1, v => Figures.Percent(v), result.Chance);
        }

        var top = histories.SelectMany(h => h).Select(e => e.TrainLoss).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        Curves(page, "Training loss by epoch", histories, e => e.TrainLoss, 0, top, v => v.ToString("F2", CultureInfo.InvariantCulture), double.NaN);
        page.Raw("</div>\n");
    }

    private static void Curves(
        HtmlWriter page, string title, List<IReadOnlyList<EpochRecord>> histories, Func<EpochRecord, double> of, double low, double high, Func<double, string> label, double chance)
    {
        var curves = histories.Select(h => (IReadOnlyList<double>)[.. h.Select(of)]).ToList();
        page.Raw("<figure>").Raw(Pictures.Curves($"{title}, {Figures.Of(curves.Count, "trial")}", curves, low, high, label, chance))
            .Element("figcaption", $"{title}, one line a trial" + (double.IsFinite(chance) ? "; dotted: chance" : "") + ".").Raw("</figure>\n");
    }
}
