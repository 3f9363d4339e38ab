using System.Globalization;
using Undertone.Reports.Charts;
using Undertone.Systems;

namespace Undertone.Reports;

/// <summary>The end of <c>report.html</c>: durations, and all that is needed to run the experiment again.</summary>
internal static class HtmlRepeat
{
    /// <summary>Writes the part.</summary>
    public static void Write(HtmlWriter page, ChartFigure figures, ReportInput input, IReadOnlyList<ResultSection> sections, IReadOnlyList<RegressionResult> regressions)
    {
        Durations(page, figures, input, sections, regressions);
        page.Element("h2 id=\"repeat\"", "To repeat it").Element("pre", input.Command).Element("p", Notes.Repeat).Raw("<dl class=\"facts\">\n");
        page.Fact("Seeds", string.Join(", ", input.Finished.Select(t => t.Seed).Distinct().Order().Select(Figures.Count)));
        foreach (var (name, version) in input.Versions)
        {
            page.Fact(name, version);
        }

        page.Raw("</dl>\n<details>").Element("summary", "The experiment as resolved, every default written out")
            .Element("pre", input.ExperimentYaml.TrimEnd('\n')).Raw("</details>\n");
        Audit(page, input.Finished);
        page.Raw("<footer>").Element(
                "p class=\"small\"", $"Every number here is computed from the predictions of {Figures.Of(input.Finished.Count, "trial")}, kept beside this file in trials/*/predictions.csv.");
        if (figures.Any && ChartLibraries.Present)
        {
            page.Element("p class=\"small\"", "Charts are drawn by Vega, Vega-Lite and Vega-Embed (University of Washington Interactive Data Lab, BSD licence, in this file's source). This page fetches nothing.");
        }

        page.Raw("</footer>\n");
    }

    private static void Durations(
        HtmlWriter page, ChartFigure figures, ReportInput input, IReadOnlyList<ResultSection> sections, IReadOnlyList<RegressionResult> regressions)
    {
        page.Element("h2 id=\"cost\"", "Cost")
            .Element("p", "Wall-clock time of each trial's own process, from its start to its last row. It differs from run to run, and no score depends on it. Parameters are learned values, all members together; multiply-adds are those of predicting a second of speech, features not counted.");
        Table(page, ["System", "Corpus and protocol"], ["Trials", "Mean a trial", "All trials", "Parameters", "Multiply-adds a second"],
        [
            .. sections.SelectMany(s => s.Results).Select(r => Duration(r.Label, $"{r.Corpus}, {r.Protocol}, {r.Badge}", r.Trials)),
            .. regressions.Select(r => Duration(r.Label, $"{r.Corpus}, {r.Protocol}, {r.Badge}", r.Trials)),
        ]);
        figures.Write(sections.SelectMany(CostChart.Of), 3);
        if (input.Finished.Count > 0)
        {
            page.Raw("<details>").Element("summary", "Each trial: when it started, and how long it took");
            Table(page, ["Trial", "Started (UTC)"], ["Duration"], input.Finished.Select(t => new[]
            {
                t.Name,
                t.Started is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Figures.None,
                double.IsFinite(t.Seconds) ? Figures.Duration(t.Seconds) : Figures.None,
            }));
            page.Raw("</details>\n");
        }
    }

    private static string[] Duration(string label, string where, IReadOnlyList<FinishedTrial> trials)
    {
        var seconds = trials.Select(t => t.Seconds).Where(double.IsFinite).ToList();
        return
        [
            label,
            where,
            Figures.Count(trials.Count),
            seconds.Count == 0 ? Figures.None : Figures.Duration(seconds.Average()),
            seconds.Count == 0 ? Figures.None : Figures.Duration(seconds.Sum()),
            Figures.Short(Mean(c => c.Parameters)),
            Figures.Short(Mean(c => c.MultiplyAddsPerSecond)),
        ];

        double Mean(Func<ModelCost, double> of) => trials.Select(t => t.Cost is { } cost ? of(cost) : double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    private static void Audit(HtmlWriter page, IReadOnlyList<FinishedTrial> trials)
    {
        if (!trials.Any(t => t.Split is not null))
        {
            return;
        }

        page.Raw("<details>").Element("summary", "The audit of each trial's split: who trained, who tested, and what they share")
            .Element("p class=\"small\"", "Utterances of each part; speakers, sentences and identical recordings that the test part shares with the others. trial.json names every utterance.");
        Table(page, ["Trial"], ["Train", "Validation", "Test", "Shared speakers", "Shared sentences", "Shared audio"], trials.Select(t => new[]
        {
            t.Name,
            Count(t.Split?.Train.Count),
            Count(t.Split?.Validation.Count),
            Count(t.Split?.Test.Count),
            Count(t.Audit?.SharedSpeakers.Count),
            Count(t.Audit?.SharedSentences),
            Count(t.Audit?.SharedAudio),
        }));
        page.Raw("</details>\n");

        static string Count(int? count) => count is { } number ? Figures.Count(number) : Figures.None;
    }

    private static void Table(HtmlWriter page, string[] texts, string[] numbers, IEnumerable<string[]> rows)
    {
        page.Raw("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (var text in texts)
        {
            page.Element("th scope=\"col\"", text);
        }

        foreach (var number in numbers)
        {
            page.Element("th scope=\"col\" class=\"n\"", number);
        }

        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            page.Raw("<tr>").Element("th scope=\"row\"", row[0]);
            for (var i = 1; i < row.Length; i++)
            {
                page.Element(i < texts.Length ? "td" : "td class=\"n\"", row[i]);
            }

            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }
}
