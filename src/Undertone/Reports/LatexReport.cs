using System.Globalization;
using System.Text;
using Undertone.Reports.Parts;

namespace Undertone.Reports;

/// <summary>
/// Writes <c>report.tex</c>: the tables of <c>report.md</c> in LaTeX (booktabs), each with its badge, in a document that
/// compiles as it is and from which a paper takes what it needs. Like that, it holds no date, and no duration but where a claim is on seconds.
/// </summary>
public static class LatexReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its results.</param>
    /// <returns>LaTeX, lines ending with <c>\n</c>.</returns>
    public static string Write(ReportInput input, IReadOnlyList<SystemResult> results)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        var sections = ResultSection.Of(results);
        var parts = new PartCatalog(sections, input.Corpora, input.Claims, [input.ExperimentYaml]);
        var text = new StringBuilder();
        text.Append(
            "% Written by 'undertone report --latex' from the predictions of the run.\n\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage[utf8]{inputenc}\n"
            + "\\usepackage{textcomp}\n\\usepackage[margin=2cm]{geometry}\n\\usepackage{graphicx}\n\\usepackage{booktabs}\n\\begin{document}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"\\section*{{{LatexTable.Escape(input.Name)}}}\n\n{LatexTable.Escape(Notes.Reading)}\n\n{LatexTable.Escape(Notes.Adapted)}\n\n{LatexTable.Escape(Notes.Chosen)}\n\n");
        var number = 0;
        Tables(parts.Above, input.Name);
        foreach (var matrix in CrossCorpusMatrix.Of(results))
        {
            LatexTable.Write(text, ReportTable.Of("Every pair of corpora", ResultTables.Pairs(matrix)), matrix.Title, ++number);
        }

        foreach (var section in RegressionSection.Of(RegressionCalculator.Of(input.Regressions)))
        {
            var table = new ReportTable("Values", [.. RegressionTables.Heads(section)]);
            foreach (var (_, cells) in RegressionTables.Rows(section))
            {
                table.Row(cells);
            }

            LatexTable.Write(text, table, section.Title, ++number);
        }

        foreach (var section in sections)
        {
            LatexTable.Write(text, ReportTable.Of("Scores", ResultTables.Scores(section)), section.Title, ++number);
            LatexTable.Write(text, ReportTable.Of("Recall of each class", ResultTables.Recalls(section)), section.Title, ++number);
            Tables(parts.Of(section), section.Title);
            text.Append("\\clearpage\n\n");
        }

        Tables(parts.Below, input.Name);
        return text.Append("\\end{document}\n").ToString();

        void Tables(IReadOnlyList<ReportPart> of, string where)
        {
            foreach (var part in of)
            {
                foreach (var line in part.Verdicts)
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\noindent {LatexTable.Escape(line)}\n\n");
                }

                foreach (var table in part.Tables)
                {
                    LatexTable.Write(text, table, where, ++number);
                }
            }
        }
    }
}
