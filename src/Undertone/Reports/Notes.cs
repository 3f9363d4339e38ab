using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>The sentences that explain the numbers, said once for every kind of report.</summary>
internal static class Notes
{
    /// <summary>What UAR, interval and spread are.</summary>
    public const string Reading =
        "UAR is unweighted average recall in per cent, pooled over all test rows of the protocol; the bracket is its 95 % interval, "
        + "by a bootstrap that draws whole speakers. With several seeds, the estimate is the mean over seeds, ± the standard deviation over them. "
        + "Scores with different badges are not comparable and never share a column.";

    /// <summary>What <c>adapted</c> means.</summary>
    public const string Adapted =
        "The badge 'adapted' says that something was computed from the test speakers' unlabelled audio (per-speaker normalisation does that); "
        + "such a score cannot be had for one lone recording.";

    /// <summary>How the best system is chosen.</summary>
    public const string Chosen = "The starred system has the highest UAR on the validation speakers, over the seeds that all systems share; test rows never choose.";

    /// <summary>What the speaker and fold columns are.</summary>
    public const string Speakers = "Speaker and fold means are over the classes that a speaker or fold has; they differ from the pooled UAR by construction.";

    /// <summary>What the table of pairs shows.</summary>
    public const string Pairs =
        "Each column is a model trained on whole corpora and tested on another one whole: training → test, UAR with its 95 % interval over the test corpus's speakers. "
        + "The mean gives every pair the same weight; no rows are pooled over pairs, and its interval draws the speakers of each test corpus anew, the same ones for all models tested on it. A pair has the classes that both sides have. The star is by validation UAR, on speakers of the training corpora.";

    /// <summary>What the numbers of a regression are.</summary>
    public const string RegressionReading =
        "CCC is the concordance correlation coefficient (Lin 1989), pooled over all test rows of the protocol: 0 is a guess, 1 perfect agreement in order, mean and spread. "
        + "The bracket is its 95 % interval, by a bootstrap that draws whole speakers. With several seeds, the estimate is the mean over seeds, ± the standard deviation over them. "
        + "Errors are in the unit of the corpus's scale; 'MSE of the mean' is what always saying the mean of the test rows would reach. "
        + "Scores with different badges are not comparable and never share a column.";

    /// <summary>How the best system of a regression is chosen.</summary>
    public const string RegressionChosen = "The starred system has the highest mean CCC over targets on the validation speakers, over the seeds that all systems share; test rows never choose.";

    /// <summary>What a speaker's CCC is.</summary>
    public const string RegressionSpeakers = "The CCC over a speaker's own rows differs from the pooled one by construction: it does not see how speakers differ from one another.";

    /// <summary>How a run is repeated where the experiment's file has changed since.</summary>
    public const string Repeat = "Where that file lies elsewhere or has changed since, run the experiment as resolved, below, which names every setting: it is experiment.yaml in the run folder. Give it another place with --runs.";

    /// <summary>Which speakers defaults were chosen on.</summary>
    /// <param name="corpus">The corpus.</param>
    public static string Development(string corpus)
    {
        var speakers = DevelopmentSpeakers.Of(corpus);
        return speakers.Count == 0
            ? $"No default of a system was chosen on {corpus}, so every speaker counts as never used for choosing."
            : $"Defaults of systems were chosen on the {corpus} speakers {string.Join(", ", speakers.Order(StringComparer.Ordinal))}; 'never-chosen' is over all others.";
    }
}
