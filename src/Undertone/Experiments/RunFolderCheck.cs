using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>Refuses a run folder whose finished trials are damaged or of another experiment.</summary>
internal static class RunFolderCheck
{
    private const int Shown = 5;

    public static void Require(RunFolder folder, Experiment experiment, IReadOnlyList<Trial> trials)
    {
        var finished = folder.FinishedTrials().ToHashSet();
        foreach (var trial in trials.Where(t => finished.Contains(t.Name)))
        {
            var record = ReadWhole(folder, trial.Name);
            var wanted = trial.Spec();
            if (TrialSpec.Differences(record.Spec, wanted) is { Count: > 0 } differences)
            {
                throw Foreign(folder, experiment, $"its trial '{trial.Name}' differs in:", [.. differences, .. Reasons(differences, record, trial)]);
            }
        }

        // Another row of the same experiment (--set 'systems=[...]') goes into the same folder.
        if (finished.Count > 0 && trials.All(t => !finished.Contains(t.Name)) && !IsAnotherRow(folder, experiment))
        {
            throw Foreign(folder, experiment, $"none of its {finished.Count} finished trials is of this experiment:", [.. finished.Order(StringComparer.Ordinal)]);
        }
    }

    private static bool IsAnotherRow(RunFolder folder, Experiment experiment) =>
        File.Exists(folder.ExperimentFile)
        && ResolvedExperiment.DifferOnlyIn(File.ReadAllText(folder.ExperimentFile), ResolvedExperiment.Write(experiment), "systems", "corpora", "folds", "workers");

    /// <summary>Reads a finished trial's record and refuses a trial that is not whole.</summary>
    public static TrialRecord ReadWhole(RunFolder folder, string trial)
    {
        var record = TrialRecord.Read(folder.TrialFile(trial, TrialFiles.Record));
        foreach (var file in TrialFiles.All)
        {
            var path = folder.TrialFile(trial, file);
            if (!File.Exists(path))
            {
                throw new UndertoneException($"{path}: the file is missing from a finished trial. {WayOut(folder, trial)}");
            }
        }

        RequireSound(folder, trial, () => TrialFiles.ReadHistory(folder.TrialFile(trial, TrialFiles.History)));
        RequireRows(folder, trial, TrialFiles.Predictions, record.Task, record.Split.Test);
        RequireRows(folder, trial, TrialFiles.Validation, record.Task, record.Split.Validation);
        return record;
    }

    private static void RequireRows(RunFolder folder, string trial, string file, TrainingTask task, IReadOnlyList<string> utterances)
    {
        var path = folder.TrialFile(trial, file);
        if (utterances.Count == 0)
        {
            return;
        }

        var (kind, wanted) = task.IsRegression ? ("targets", task.Targets) : ("classes", task.Classes);
        var (names, rows, whole) = RequireSound(folder, trial, () => task.IsRegression ? Values() : Probabilities());
        if (!whole || !names.SequenceEqual(wanted) || !rows.SequenceEqual(utterances))
        {
            throw new UndertoneException(
                $"{path}: the file is damaged: {rows.Count} rows of the {kind} {string.Join(", ", names)}; "
                + $"expected {utterances.Count} rows, from '{utterances[0]}' to '{utterances[^1]}', of the {kind} {string.Join(", ", wanted)}. {WayOut(folder, trial)}");
        }

        (IReadOnlyList<string> Names, IReadOnlyList<string> Rows, bool Whole) Values()
        {
            var table = RegressionTable.Read(path);
            return (table.Targets, [.. table.Rows.Select(r => r.Utterance)], true);
        }

        (IReadOnlyList<string> Names, IReadOnlyList<string> Rows, bool Whole) Probabilities()
        {
            var table = PredictionTable.Read(path);
            return (table.Classes, [.. table.Rows.Select(r => r.Utterance)], table.HasProbabilities);
        }
    }

    private static IEnumerable<string> Reasons(IReadOnlyList<string> differences, TrialRecord record, Trial trial)
    {
        if (differences.Any(d => d.StartsWith("corpus_fingerprint:", StringComparison.Ordinal)))
        {
            yield return $"the corpus '{record.Spec.Corpus}' is another than when that trial ran: a file was added, lost or changed ('undertone corpora check {trial.Corpus.Card.CommandName}')";
        }

        if (differences.Any(d => d.StartsWith("features:", StringComparison.Ordinal)) && !differences.Any(d => d.StartsWith("settings.", StringComparison.Ordinal)))
        {
            yield return $"this Undertone computes these features in another way than the one of that trial ({record.Versions.Undertone}): scores of both would not be of one system";
        }
    }

    private static T RequireSound<T>(RunFolder folder, string trial, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UndertoneException e)
        {
            throw new UndertoneException($"{e.Message.TrimEnd('.')}. {WayOut(folder, trial)}", e);
        }
    }

    private static string WayOut(RunFolder folder, string trial) => $"Delete the folder {folder.TrialFolder(trial)} to run the trial again.";

    private static UndertoneException Foreign(RunFolder folder, Experiment experiment, string what, IReadOnlyList<string> lines)
    {
        var more = lines.Count > Shown ? $"\n  and {lines.Count - Shown} more" : string.Empty;
        return new UndertoneException(
            $"{folder.Location}: this is the run folder of another experiment under the same name '{experiment.Name}'; {what}\n"
            + string.Concat(lines.Take(Shown).Select(l => $"  {l}\n")).TrimEnd('\n') + more
            + $"\nGive this experiment another name, or its runs another place with --runs; or delete {folder.Location} to start anew.");
    }
}
