using Undertone.Protocols;
using Undertone.Reports.Charts;

namespace Undertone.Reports;

/// <summary>
/// Writes <c>report.html</c>: one file that needs nothing beside it, and fetches nothing. Durations, the only thing in it
/// that differs between two runs of the same experiment, stand in sections of their own.
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
        var regressions = RegressionCalculator.Of(input.Regressions);
        var anchors = sections.SelectMany(s => s.Results).Select((r, i) => (r, i)).ToDictionary(object (p) => p.r, p => "system-" + Figures.Count(p.i + 1), ReferenceEqualityComparer.Instance);
        var page = new HtmlWriter();
        var figures = new ChartFigure(page);
        page.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlWriter.Escape(ChartLibraries.Policy)}\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Element("title", input.Name + " · Undertone")
            .Raw("<style>\n" + ReportStyle.Css + "\n</style>\n</head>\n<body>\n<main>\n");
        var matrices = CrossCorpusMatrix.Of(results);
        if (input.Regressions.Count > 0)
        {
            HtmlRegression.Write(page, figures, input, RegressionSection.Of(regressions), findings);
        }
        else
        {
            HtmlHead.Write(page, input, sections, matrices, anchors, findings);
            HtmlResults.Write(page, figures, sections, matrices, input, anchors);
        }

        foreach (var section in sections)
        {
            foreach (var result in section.Results)
            {
                HtmlSystem.Write(page, figures, section, result, input.Corpora.FirstOrDefault(c => c.Name == section.Corpus), anchors[result], folded: anchors.Count > HtmlSystem.MostOpen);
            }
        }

        Corpora(page, input.Corpora);
        HtmlRepeat.Write(page, figures, input, sections, regressions);
        page.Raw("</main>\n");
        if (figures.Any)
        {
            ChartLibraries.Write(page);
        }

        page.Raw("</body>\n</html>\n");
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A badge as a small label.</summary>
    internal static string BadgeLabel(Badge badge) =>
        $"<span class=\"badge{(badge.Kind == BadgeKind.SpeakerDependent ? " leaky" : "")}\">{HtmlWriter.Escape(badge.ToString())}</span>";

    private static void Corpora(HtmlWriter page, IReadOnlyList<ReportCorpus> corpora)
    {
        page.Element("h2 id=\"corpora\"", "Corpora");
        foreach (var corpus in corpora)
        {
            page.Element("h3", corpus.Name).Raw("<dl class=\"facts\">\n");
            foreach (var (name, value) in CorpusFacts.Of(corpus))
            {
                page.Fact(name, value);
            }

            page.Raw("</dl>\n");
        }
    }
}
