using System.Globalization;
using System.Text;
using Undertone.Reports.Parts;

namespace Undertone.Reports;

/// <summary>
/// Writes <c>report.md</c>. It holds no date, and no duration but where a claim is on seconds, so the same predictions give the same bytes.
/// </summary>
public static class MarkdownReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its results.</param>
    /// <param name="findings">What the analysers found.</param>
    /// <returns>Markdown, lines ending with <c>\n</c>.</returns>
    public static string Write(ReportInput input, IReadOnlyList<SystemResult> results, IReadOnlyList<ReportFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(findings);
        var text = new StringBuilder();
        var sections = ResultSection.Of(results);
        var regressions = RegressionSection.Of(RegressionCalculator.Of(input.Regressions));
        Head(text, input, sections, CrossCorpusMatrix.Of(results), regressions);
        Findings(text, findings, input.Failures);
        foreach (var section in regressions)
        {
            RegressionTables.WriteTo(text, section);
        }

        var parts = new PartCatalog(sections, input.Corpora, input.Claims, [input.ExperimentYaml]);
        MarkdownPart.Write(text, parts.Above, 2);
        foreach (var matrix in CrossCorpusMatrix.Of(results))
        {
            Pairs(text, matrix);
        }

        foreach (var section in sections)
        {
            Section(text, section);
            MarkdownPart.Write(text, parts.Of(section), 3);
        }

        MarkdownPart.Write(text, parts.Below, 2);

        foreach (var section in sections)
        {
            foreach (var result in section.Results)
            {
                System(text, section, result);
            }
        }

        Corpora(text, input.Corpora);
        Repeat(text, input);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Head(StringBuilder text, ReportInput input, IReadOnlyList<ResultSection> sections, IReadOnlyList<CrossCorpusMatrix> matrices, IReadOnlyList<RegressionSection> regressions)
    {
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownTable.Escape(input.Name)}\n\n");
        if (input.Description is { Length: > 0 } description)
        {
            text.Append(MarkdownTable.Escape(description)).Append("\n\n");
        }

        foreach (var headline in matrices.Select(m => m.Headline).Concat(sections.Where(s => !s.IsCrossCorpus).Select(s => s.Headline)).Concat(regressions.Select(r => r.Headline)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{MarkdownTable.Escape(headline)}**\n");
        }

        text.Append(sections.Count + regressions.Count == 0 ? "No trial has finished yet.\n\n" : "\n");
        text.Append(CultureInfo.InvariantCulture, $"{Figures.Of(input.Finished.Count, "finished trial")}, {Figures.Count(input.Failures.Count)} failed.\n\n");
        var (reading, chosen) = regressions.Count > 0 ? (Notes.RegressionReading, Notes.RegressionChosen) : (Notes.Reading, Notes.Chosen);
        text.Append(reading).Append('\n').Append(Notes.Adapted).Append('\n').Append(chosen).Append("\n\n");
    }

    private static void Findings(StringBuilder text, IReadOnlyList<ReportFinding> findings, IReadOnlyList<FailedTrial> failures)
    {
        if (findings.Count > 0)
        {
            text.Append("## What a reader should not miss\n\n");
            foreach (var finding in findings)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Escape(finding.Text)}\n");
            }

            text.Append('\n');
        }

        if (failures.Count > 0)
        {
            text.Append("## Failed trials\n\n");
            var table = new MarkdownTable("Trial", "<Reason");
            foreach (var failure in failures)
            {
                table.Row(failure.Name, failure.Reason);
            }

            table.WriteTo(text);
        }
    }

    /// <summary>Writes the table of all pairs.</summary>
    internal static void Pairs(StringBuilder text, CrossCorpusMatrix matrix)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape(matrix.Title)}\n\n{Notes.Pairs}\n\n");
        ResultTables.Pairs(matrix).WriteTo(text);
    }

    private static void Section(StringBuilder text, ResultSection section)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape(section.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Chance is {Figures.PercentSign(section.Results[0].Chance)}. {Notes.Development(section.Corpus)}\n\n");
        ResultTables.Scores(section).WriteTo(text);
        ResultTables.Recalls(section).WriteTo(text);
    }

    private static void System(StringBuilder text, ResultSection section, SystemResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownTable.Escape($"{result.Label}: {section.Title}")}\n\n");
        if (result.Seeds.Count > 1)
        {
            ResultTables.Seeds([result]).WriteTo(text);
        }

        var classes = new MarkdownTable("Class", "Rows", "Precision", "Recall", "F1");
        foreach (var c in result.Pooled.Classes)
        {
            classes.Row(c.Class, Figures.Count(c.Support), Figures.Percent(c.Precision), Figures.Percent(c.Recall), Figures.Percent(c.F1));
        }

        classes.WriteTo(text);
        text.Append("Rows are true classes, columns are predicted ones: number of rows and per cent of the true class.\n\n");
        var matrix = new MarkdownTable(["true \\ predicted", .. result.Classes]);
        for (var t = 0; t < result.Classes.Count; t++)
        {
            var all = result.Pooled.Confusion.Support(t);
            var counts = Enumerable.Range(0, result.Classes.Count).Select(p => result.Pooled.Confusion[t, p]);
            matrix.Row([result.Classes[t], .. counts.Select(n => all == 0 ? Figures.Count(n) : $"{Figures.Count(n)} ({Figures.Percent(n / (double)all)})")]);
        }

        matrix.WriteTo(text);
        text.Append(CultureInfo.InvariantCulture, $"UAR by speaker: mean {result.OverSpeakers()} over {Figures.Of(result.Speakers.Count, "speaker")}; by fold: mean {result.OverFolds()}. {Notes.Speakers}\n\n");
        var speakers = new MarkdownTable("Speaker", "Rows", "Classes", "UAR", "<Used for choosing defaults");
        foreach (var s in result.Speakers)
        {
            speakers.Row(s.Speaker, Figures.Count(s.Utterances), Figures.Count(s.Classes), Figures.Percent(s.Uar), s.Chosen ? "yes" : "no");
        }

        speakers.WriteTo(text);
    }

    private static void Corpora(StringBuilder text, IReadOnlyList<ReportCorpus> corpora)
    {
        foreach (var corpus in corpora)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Corpus {MarkdownTable.Escape(corpus.Name)}\n\n");
            foreach (var (name, value) in CorpusFacts.Of(corpus))
            {
                text.Append(CultureInfo.InvariantCulture, $"- {name}: {MarkdownTable.Escape(value)}\n");
            }

            text.Append('\n');
        }
    }

    private static void Repeat(StringBuilder text, ReportInput input)
    {
        text.Append("## To repeat it\n\n");
        Fence(text, "sh", input.Command);
        text.Append(Notes.Repeat).Append("\n\n");
        foreach (var (name, version) in input.Versions)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Escape(name)}: {MarkdownTable.Escape(version)}\n");
        }

        text.Append(input.Versions.Count > 0 ? "\n" : "").Append("The experiment as resolved:\n\n");
        Fence(text, "yaml", input.ExperimentYaml);
    }

    /// <summary>Writes a code block whose fence is longer than any run of backticks in it.</summary>
    internal static void Fence(StringBuilder text, string language, string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        text.Append(CultureInfo.InvariantCulture, $"{fence}{language}\n{code.TrimEnd('\n')}\n{fence}\n\n");
    }
}
