using Undertone.Experiments;

namespace Undertone.Reports;

/// <summary>Writes <c>summary.csv</c>, <c>report.md</c> and <c>report.html</c> of a run folder.</summary>
public static class ReportWriter
{
    /// <summary>The table of scores.</summary>
    public const string Summary = "summary.csv";

    /// <summary>The report in Markdown.</summary>
    public const string Markdown = "report.md";

    /// <summary>The report in HTML.</summary>
    public const string Html = "report.html";

    /// <summary>The tables in LaTeX.</summary>
    public const string Latex = "report.tex";

    /// <summary>Writes the three files of a run (<see cref="WriteAll"/>).</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <returns>The results where classes were told apart, as written.</returns>
    public static IReadOnlyList<SystemResult> Write(string runFolder) => WriteAll(runFolder).Results;

    /// <summary>
    /// Writes the three files of a run, finished or not, from its predictions. The same predictions give the same
    /// <c>summary.csv</c> and <c>report.md</c>, byte for byte.
    /// </summary>
    /// <param name="runFolder">The run folder.</param>
    /// <returns>The results, as written.</returns>
    /// <exception cref="UndertoneException">There is no run in the folder, a file of it is damaged, or it cannot be written.</exception>
    /// <exception cref="RunStoppedException">The disk is full.</exception>
    public static WrittenReport WriteAll(string runFolder)
    {
        ArgumentNullException.ThrowIfNull(runFolder);
        var input = RunFolderReader.Read(runFolder);
        var (results, regressions) = (ResultCalculator.Of(input.Trials), RegressionCalculator.Of(input.Regressions));
        var findings = regressions.Count > 0 ? RegressionFindings.Of(input, regressions) : ResultFindings.Of(input, results);
        Write(runFolder, () =>
        {
            RunFolder.WriteWhole(Path.Combine(runFolder, Summary), regressions.Count > 0 ? RegressionSummary.Write(regressions) : SummaryCsv.Write(results));
            RunFolder.WriteWhole(Path.Combine(runFolder, Markdown), MarkdownReport.Write(input, results, findings));
            RunFolder.WriteWhole(Path.Combine(runFolder, Html), HtmlReport.Write(input, results, findings));
        });
        return new WrittenReport(results, regressions);
    }

    /// <summary>Writes <c>report.tex</c> beside the other files: their tables in LaTeX.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <exception cref="UndertoneException">As for <see cref="WriteAll"/>.</exception>
    /// <exception cref="RunStoppedException">The disk is full.</exception>
    public static void WriteLatex(string runFolder)
    {
        ArgumentNullException.ThrowIfNull(runFolder);
        var input = RunFolderReader.Read(runFolder);
        var text = LatexReport.Write(input, ResultCalculator.Of(input.Trials));
        Write(runFolder, () => RunFolder.WriteWhole(Path.Combine(runFolder, Latex), text));
    }

    private static void Write(string runFolder, Action write)
    {
        try
        {
            write();
        }
        catch (IOException e) when (FullDisk.Explains(e, runFolder))
        {
            throw new RunStoppedException($"{runFolder}: the report cannot be written: the disk is full. Free space, then 'undertone report {runFolder}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException(
                $"{runFolder}: the report cannot be written ({e.Message.TrimEnd('.')}). Make the folder writable, then 'undertone report {runFolder}'.", e);
        }
    }
}

/// <summary>The results that a report was written of.</summary>
/// <param name="Results">Where classes were told apart.</param>
/// <param name="Regressions">Where values were learned.</param>
public sealed record WrittenReport(IReadOnlyList<SystemResult> Results, IReadOnlyList<RegressionResult> Regressions);
