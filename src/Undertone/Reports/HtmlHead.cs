using Undertone.Reports.Charts;

namespace Undertone.Reports;

/// <summary>The head of <c>report.html</c>: name, headlines, contents, what a reader should not miss, failed trials.</summary>
internal static class HtmlHead
{
    // More headlines than these are set in the size of text.
    private const int MostLarge = 2;

    /// <summary>Writes the part.</summary>
    public static void Write(
        HtmlWriter page,
        ReportInput input,
        IReadOnlyList<ResultSection> sections,
        IReadOnlyList<CrossCorpusMatrix> matrices,
        Dictionary<object, string> anchors,
        IReadOnlyList<ReportFinding> findings)
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

        var told = sections.Where(s => !s.IsCrossCorpus && !s.IsPartOfCurve).ToList();
        foreach (var section in told)
        {
            Headline(page, section, input.Corpora.FirstOrDefault(c => c.Name == section.Corpus), told.Count > MostLarge ? "lead one-of-many" : "lead");
        }

        if (sections.Count == 0)
        {
            page.Element("p class=\"lead\"", "No trial has finished yet.");
        }

        page.Raw("<dl class=\"facts\">\n");
        page.Fact("Corpora", string.Join(", ", sections.Select(s => s.Corpus).Distinct()));
        page.Fact("Systems", string.Join(", ", sections.SelectMany(s => s.Results).Select(r => r.System).Distinct().Order(StringComparer.Ordinal)));
        page.Fact("Protocols", string.Join(", ", sections.Select(s => s.ProtocolTitle).Distinct()));
        page.Fact("Seeds", string.Join(", ", input.Trials.Select(t => t.Seed).Distinct().Order().Select(Figures.Count)));
        page.Fact("Trials", $"{Figures.Count(input.Trials.Count)} finished, {Figures.Count(input.Failures.Count)} failed");
        page.Raw("</dl>\n");
        Contents(page, sections, anchors, findings);
        page.Raw("</header>\n");
        if (!ChartLibraries.Present)
        {
            page.Element("p class=\"small\"", "This Undertone was built without the libraries that draw charts; the numbers stand below each chart's title. './undertone' builds it with them.");
        }

        page.Raw("<p class=\"small scriptless\">Charts are drawn by JavaScript, which is off. Each chart's sentence and numbers are here without it.</p>\n");
        Findings(page, findings);
        Failures(page, input.Failures);
    }

    private static void Headline(HtmlWriter page, ResultSection section, ReportCorpus? corpus, string style)
    {
        if (section.Best is not { } best)
        {
            page.Element($"p class=\"{style}\"", section.Headline);
            return;
        }

        var uar = best.OverSeeds(s => s.Uar.Estimate).Mean;
        page.Raw($"<p class=\"{style}\">").Raw("<b>").Text(best.Label).Raw("</b> recognises ")
            .Text(Figures.Count(best.Classes.Count)).Text(corpus is { Target.Length: > 0 } or { Labels.Count: > 0 } ? " classes of " : " emotions of ").Text(section.Corpus).Text(" with ")
            .Raw("<b>").Text(Figures.PercentSign(uar)).Raw("</b> UAR ").Text(Figures.Interval(best.Uar.Low, best.Uar.High)).Raw(" ")
            .Raw(HtmlReport.BadgeLabel(section.Badge)).Text(" under ").Text(section.ProtocolTitle);
        if (section.HasDevelopmentSpeakers)
        {
            page.Text(", and ").Text(Figures.PercentSign(best.OverSeeds(s => s.Unchosen.Estimate).Mean)).Text(" over the speakers never used for choosing");
        }

        page.Text(". Chance is ").Text(Figures.PercentSign(best.Chance)).Text(".");
        page.Raw("</p>\n");
    }

    private static void Contents(HtmlWriter page, IReadOnlyList<ResultSection> sections, Dictionary<object, string> anchors, IReadOnlyList<ReportFinding> findings)
    {
        page.Raw("<nav aria-label=\"Contents\">");
        if (findings.Count > 0)
        {
            Link("findings", "Findings");
        }

        Link("results", "Results");
        var results = sections.SelectMany(s => s.Results).ToList();
        if (results.Count <= HtmlSystem.MostOpen)
        {
            results.ForEach(r => Link(anchors[r], sections.Count > 1 ? $"{r.Label}, {r.Corpus}" : r.Label));
        }
        else
        {
            Link(anchors[results[0]], $"{Figures.Count(results.Count)} systems");
        }

        Link("corpora", "Corpora");
        Link("cost", "Cost");
        Link("repeat", "To repeat it");
        page.Raw("</nav>\n");

        void Link(string anchor, string text) => page.Raw($"<a href=\"#{anchor}\">").Text(text).Raw("</a>");
    }

    internal static void Findings(HtmlWriter page, IReadOnlyList<ReportFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        page.Element("h2 id=\"findings\"", "What a reader should not miss").Raw("<ul class=\"findings\">\n");
        foreach (var finding in findings)
        {
            page.Element($"li class=\"{finding.Weight}\"", finding.Text);
        }

        page.Raw("</ul>\n");
    }

    internal static void Failures(HtmlWriter page, IReadOnlyList<FailedTrial> failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        page.Element("h2 id=\"failed\"", "Failed trials").Raw("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Trial</th><th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n");
        foreach (var failure in failures)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", failure.Name).Element("td", failure.Reason).Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }
}
