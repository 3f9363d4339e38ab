using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Experiments;

/// <summary>
/// Nested validation: chooses a trial's hyper-parameters by leaving groups of its training speakers out, one after
/// another, and scoring every candidate on the speakers left out (Varma &amp; Simon 2006, Bias in error estimation when
/// using cross-validation for model selection, doi:10.1186/1471-2105-7-91). The trial's test speakers are in no part of it.
/// </summary>
internal static class HyperParameterSearch
{
    /// <summary>Scores every candidate, and writes them as <see cref="TrialFiles.Search"/>.</summary>
    /// <param name="trial">A trial with a search.</param>
    /// <param name="options">How to run.</param>
    /// <param name="file">The file to write.</param>
    /// <returns>The candidate with the highest UAR (in a regression: mean CCC over targets) over all inner test rows; of equals the first.</returns>
    public static SearchCandidate Choose(Trial trial, TrialRunOptions options, string file)
    {
        var plan = trial.Search!;
        var candidates = plan.Candidates(trial.Seed);
        var splits = Inner(trial, plan);
        var scores = new double[candidates.Count];
        for (var c = 0; c < scores.Length; c++)
        {
            var settings = candidates[c].Apply(trial.Settings);
            var rows = new List<(Utterance, float[])>();
            foreach (var split in splits)
            {
                rows.AddRange(Test(trial, settings, split, options));
            }

            scores[c] = TaskScore.Of(trial.Task, rows);
        }

        var best = Array.IndexOf(scores, scores.Max());
        File.WriteAllText(file, Table(plan, candidates, scores, best, trial.Task.IsRegression ? "inner_ccc" : "inner_uar"));
        return candidates[best];
    }

    private static IReadOnlyList<Split> Inner(Trial trial, SearchPlan plan)
    {
        var training = trial.Corpus with { Utterances = [.. trial.Split.Train.Concat(trial.Split.Validation).OrderBy(u => u.Id, StringComparer.Ordinal)] };
        try
        {
            return LeaveSpeakersOut.Groups(plan.Groups, trial.Seed).Splits(training, new ValidationOptions { Speakers = trial.ValidationSpeakers }, trial.Seed);
        }
        catch (UndertoneException e)
        {
            throw new UndertoneException(
                $"the hyper-parameter search inside the training speakers of fold '{trial.Split.Fold}': {e.Message} Set search.groups (now {plan.Groups}) or validation.speakers (now {trial.ValidationSpeakers}) otherwise.", e);
        }
    }

    private static IEnumerable<(Utterance Utterance, float[] Answer)> Test(Trial trial, SystemSettings settings, Split split, TrialRunOptions options)
    {
        using var model = trial.System.System.Train(new TrainingRequest
        {
            Settings = settings,
            Task = trial.Task,
            Train = split.Train,
            Validation = split.Validation,
            Features = options.Features,
            Seed = trial.Seed,
            Device = trial.Device,
            OnEpoch = options.OnEpoch,
            OnPretraining = options.OnPretraining,
            Cancellation = options.Cancellation,
        });
        options.Cancellation.ThrowIfCancellationRequested();
        var rows = model.Predict(split.Test, options.Features);
        return split.Test.Zip(rows);
    }

    private static string Table(SearchPlan plan, IReadOnlyList<SearchCandidate> candidates, double[] scores, int best, string column)
    {
        var text = new StringBuilder("candidate,").AppendJoin(',', plan.Over.Select(s => CsvRecords.Field(s.Path))).Append(CultureInfo.InvariantCulture, $",{column},chosen\n");
        for (var c = 0; c < scores.Length; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{c + 1},")
                .AppendJoin(',', candidates[c].Overrides.Select(o => CsvRecords.Field(SearchCandidate.Show(o.Value))))
                .Append(CultureInfo.InvariantCulture, $",{scores[c]:R},{(c == best ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
