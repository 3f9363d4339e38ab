using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>The one number that a model's answers are compared by: UAR, or in a regression the mean CCC over targets.</summary>
internal static class TaskScore
{
    /// <summary>The number for a model's answers to utterances.</summary>
    /// <param name="task">What was learned.</param>
    /// <param name="answers">Utterances with the answer to each.</param>
    public static double Of(TrainingTask task, IReadOnlyList<(Utterance Utterance, float[] Answer)> answers) => task.IsRegression
        ? RegressionScores.From([.. answers.Select(a => RegressionRow.Of(a.Utterance, task.Targets, a.Answer))], task.Targets).MeanCcc
        : ClassificationScores.From([.. answers.Select(a => PredictionRow.Of(a.Utterance, task.Classes, a.Answer))], task.Classes).Uar;
}
