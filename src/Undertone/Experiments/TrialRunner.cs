using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>How a trial runs: everything that does not change its predictions.</summary>
public sealed record TrialRunOptions
{
    /// <summary>Where computed features are kept.</summary>
    public required FeatureCache Features { get; init; }

    /// <summary>The command that is written into <c>trial.json</c>.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>When the trial's process started, UTC.</summary>
    public DateTime Started { get; init; } = DateTime.UtcNow;

    /// <summary>Called after each epoch; may be null.</summary>
    public Action<EpochRecord>? OnEpoch { get; init; }

    /// <summary>Called after each epoch of pre-training without labels; may be null.</summary>
    public Action<PretrainingEpoch>? OnPretraining { get; init; }

    /// <summary>Ends training early; nothing is kept then.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Runs one trial in this process and puts its folder into place whole.</summary>
public static class TrialRunner
{
    /// <summary>Runs a trial that is not finished yet.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="folder">The run folder, made ready.</param>
    /// <param name="options">How to run.</param>
    /// <returns>The record, as written.</returns>
    /// <exception cref="UndertoneException">The system cannot be trained on this fold; the message says why.</exception>
    /// <exception cref="IOException">The run folder is full or cannot be written.</exception>
    public static TrialRecord Run(Trial trial, RunFolder folder, TrialRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        var partial = folder.PartialFolder(trial.Name);
        Directory.CreateDirectory(partial);
        try
        {
            var record = Run(trial, partial, options);
            try
            {
                Directory.Move(partial, folder.TrialFolder(trial.Name));
            }
            catch (IOException) when (folder.IsFinished(trial.Name))
            {
                // Another process was faster with the same trial: same input, same bytes.
                Directory.Delete(partial, recursive: true);
                return TrialRecord.Read(folder.TrialFile(trial.Name, TrialFiles.Record));
            }

            return record;
        }
        catch
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            throw;
        }
    }

    private static TrialRecord Run(Trial trial, string target, TrialRunOptions options)
    {
        var prepared = (DateTime.UtcNow - options.Started).TotalSeconds;
        var clock = Stopwatch.StartNew();
        var task = trial.Task;
        var chosen = trial.Search is null ? null : HyperParameterSearch.Choose(trial, options, Path.Combine(target, TrialFiles.Search));
        using var model = trial.System.System.Train(new TrainingRequest
        {
            Settings = chosen?.Apply(trial.Settings) ?? trial.Settings,
            Task = task,
            Train = trial.Split.Train,
            Validation = trial.Split.Validation,
            Features = options.Features,
            Seed = trial.Seed,
            Device = trial.Device,
            OnEpoch = options.OnEpoch,
            OnPretraining = options.OnPretraining,
            Cancellation = options.Cancellation,
        });
        options.Cancellation.ThrowIfCancellationRequested();
        var trained = clock.Elapsed.TotalSeconds;
        float[][] Ask(IReadOnlyList<Utterance> utterances) => utterances.Count == 0 ? [] : model.Predict(utterances, options.Features);
        Write(Ask(trial.Split.Test), task, trial.Split.Test, Path.Combine(target, TrialFiles.Predictions));
        Write(model.Validated ?? Ask(trial.Split.Validation), task, trial.Split.Validation, Path.Combine(target, TrialFiles.Validation));
        TrialFiles.WriteHistory(Path.Combine(target, TrialFiles.History), model.History, task.IsRegression);
        var predicted = clock.Elapsed.TotalSeconds - trained;
        var spec = trial.Spec();
        var record = new TrialRecord
        {
            Trial = trial.Name,
            Spec = spec,
            SpecHash = spec.Hash(),
            Classes = task.Classes,
            Targets = task.IsRegression ? task.Targets : null,
            Split = new TrialSplit(Ids(trial.Split.Train), Ids(trial.Split.Validation), Ids(trial.Split.Test)),
            Badge = trial.Badge.ToString(),
            Audit = TrialAudit.Of(trial),
            Timings = new TrialTimings(
                options.Started.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                Round(prepared), Round(trained), Round(predicted), Round(prepared + clock.Elapsed.TotalSeconds)),
            Versions = new TrialVersions(
                typeof(TrialRunner).Assembly.GetName().Version?.ToString(3) ?? "unknown",
                Engine.IsLoaded ? Engine.Version : null,
                RuntimeInformation.FrameworkDescription,
                $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
                trial.Device),
            Command = options.Command,
            Cost = model.Cost,
            Chosen = chosen is null ? null : new JsonObject(chosen.Overrides.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)SearchCandidate.Show(o.Value)))),
        };
        record.Write(Path.Combine(target, TrialFiles.Record));
        return record;
    }

    private static void Write(float[][] rows, TrainingTask task, IReadOnlyList<Utterance> utterances, string file)
    {
        if (rows.Length != utterances.Count || rows.Any(r => r.Length != task.Outputs))
        {
            throw new InvalidOperationException(
                $"The system gave {rows.Length} predictions for {utterances.Count} utterances of {task.Outputs} {(task.IsRegression ? "targets" : "classes")}, or rows of another length.");
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Any(p => !float.IsFinite(p)))
            {
                throw new UndertoneException($"the fitted system predicts numbers that are not finite for utterance '{utterances[i].Id}'; training has diverged.");
            }
        }

        if (task.IsRegression)
        {
            TrialFiles.WriteValues(file, task.Targets, utterances, rows);
        }
        else
        {
            TrialFiles.WritePredictions(file, task.Classes, utterances, rows);
        }
    }

    private static List<string> Ids(IReadOnlyList<Utterance> utterances) => [.. utterances.Select(u => u.Id)];

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
