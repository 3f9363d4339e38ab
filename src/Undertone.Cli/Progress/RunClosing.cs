using Undertone.Experiments;
using Undertone.Reports;
using Undertone.Systems;

namespace Undertone.Cli.Progress;

/// <summary>What is said after the last trial: failures, the table, where the report lies, and what to do next.</summary>
internal static class RunClosing
{
    public static int Write(ExperimentRun run, IReadOnlyList<TrialFailure> failures, TimeSpan elapsed, string command)
    {
        if (run.Pending.Count > 0)
        {
            Console.WriteLine($"{Figures.Count(run.Pending.Count - failures.Count, "trial")} finished in {Figures.Duration(elapsed)}.");
        }

        Console.WriteLine();
        var report = ReportWriter.WriteAll(run.Folder.Location);
        ResultsView.Show(ResultsView.Console, report);
        Console.WriteLine($"Report: {Path.Combine(run.Folder.Location, ReportWriter.Html)}");
        if (failures.Count == 0 && Next(run, report) is { } next)
        {
            Console.WriteLine($"Next:   {next}");
        }

        if (failures.Count > 0)
        {
            Console.Error.WriteLine($"{Figures.Count(failures.Count, "trial")} failed:");
            foreach (var failure in failures)
            {
                Console.Error.WriteLine($"  {failure.Trial}: {failure.Reason}");
                Console.Error.WriteLine($"    log: {failure.Log}");
            }

            Console.Error.WriteLine($"This tries them again: {command}");
        }

        return ErrorReporting.Done;
    }

    /// <summary>The command that trains what validation chose as a model to be used, its settings included; null where nothing was validated, and where <c>train</c> cannot do as the run did.</summary>
    private static string? Next(ExperimentRun run, WrittenReport report)
    {
        var labels = run.Experiment.Labels.Harmonisation;
        if (labels.Overrides.Count > 0 || labels.Chosen.Count > 0)
        {
            return null;
        }

        var chosen = report.Regressions.Count > 0
            ? RegressionSection.Of(report.Regressions).Select(s => s.Best).Select(b => b is null ? null : new { b.Corpus, b.System, b.Variant })
            : ResultSection.Of(report.Results).Where(s => !s.IsCrossCorpus).Select(s => s.Best).Select(b => b is null ? null : new { b.Corpus, b.System, b.Variant });
        if (chosen.FirstOrDefault(b => b is not null) is not { } best
            || run.Trials.FirstOrDefault(t => t.Corpus.Card.Name == best.Corpus && t.System.Label == best.System && (t.Variant?.Name ?? string.Empty) == best.Variant) is not { } trial)
        {
            return null;
        }

        var system = trial.System.System;
        var target = run.Experiment.Target;
        var defaults = SettingPath.Flatten(system.Defaults).ToDictionary(d => d.Key, d => Text(d.Value));
        var changes = SettingPath.Flatten(trial.Settings)
            .Where(c => defaults.GetValueOrDefault(c.Key) != Text(c.Value))
            .SelectMany(c => (string[])["--set", $"{c.Key}={Text(c.Value)}"]);
        return Invocation.Line(
        [
            "train", system.Name, "--corpus", Invocation.Corpus(trial.Corpus.Card), "--out", $"models/{best.Corpus}-{best.System}",
            .. labels.IsNative ? (string[])[] : ["--labels", labels.Scheme.Name],
            .. target.IsEmotion ? (string[])[] : ["--target", string.Join(',', target.Columns)],
            .. changes,
        ]);
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        IEnumerable<object> list => $"[{string.Join(',', list.Select(Text))}]",
        _ => $"{value}",
    };
}
