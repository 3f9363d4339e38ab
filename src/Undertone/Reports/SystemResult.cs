using Undertone.Evaluation;

namespace Undertone.Reports;

/// <summary>
/// What one system reached on one corpus under one protocol with one badge: a row of a results table. All of it is
/// computed from the rows of the predictions.
/// </summary>
public sealed record SystemResult : ResultOf<SeedResult>
{
    /// <summary>The classes, in reporting order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Scores of the test rows of all seeds together: class scores and the confusion matrix.</summary>
    public required ClassificationScores Pooled { get; init; }

    /// <summary>UAR over the test rows of all seeds with its interval; with whole seeds the estimate is the mean over seeds.</summary>
    public required UarInterval Uar { get; init; }

    /// <summary>The same over the speakers never used for choosing a default.</summary>
    public required UarInterval Unchosen { get; init; }

    /// <summary>The speakers with their UAR over all seeds, by name.</summary>
    public required IReadOnlyList<SpeakerResult> Speakers { get; init; }

    /// <summary>The trials behind it.</summary>
    public required IReadOnlyList<ReportTrial> Trials { get; init; }

    /// <summary>The UAR of guessing: 1 / number of classes.</summary>
    public double Chance => 1.0 / Classes.Count;

    /// <summary>Mean and spread of the UAR of all speakers.</summary>
    public MeanAndSpread OverSpeakers() => MeanAndSpread.Of(Speakers.Select(s => s.Uar));

    /// <summary>Mean and spread of the UAR of all folds: with several seeds, of each seed's folds.</summary>
    public MeanAndSpread OverFolds() => MeanAndSpread.Of(FoldUars);

    /// <summary>The UAR of each trial, over the classes that it has.</summary>
    public required IReadOnlyList<double> FoldUars { get; init; }

    /// <summary>Mean and spread over seeds of the validation UAR; NaN where nothing was validated.</summary>
    public MeanAndSpread ValidationUar() => OverSeeds(s => s.ValidationUar);
}

/// <summary>What a system reached with one seed: a row of <c>summary.csv</c>.</summary>
public sealed record SeedResult : SeedOfResult
{
    /// <summary>The number of test rows.</summary>
    public required int Utterances { get; init; }

    /// <summary>Scores pooled over all test rows.</summary>
    public required ClassificationScores Scores { get; init; }

    /// <summary>UAR with its interval, clustered by speaker.</summary>
    public required UarInterval Uar { get; init; }

    /// <summary>The same over the speakers never used for choosing a default.</summary>
    public required UarInterval Unchosen { get; init; }

    /// <summary>Test rows of those speakers.</summary>
    public required int UnchosenUtterances { get; init; }

    /// <summary>UAR pooled over all validation rows; NaN where there are none.</summary>
    public required double ValidationUar { get; init; }

    /// <summary>Mean and spread of the speakers' UAR, each over the classes that the speaker has.</summary>
    public required MeanAndSpread SpeakerUar { get; init; }

    /// <summary>Mean and spread of the folds' UAR, each over the classes that the fold has.</summary>
    public required MeanAndSpread FoldUar { get; init; }
}

/// <summary>A test speaker's result.</summary>
/// <param name="Speaker">The speaker.</param>
/// <param name="Utterances">Test rows of the speaker, over all seeds.</param>
/// <param name="Classes">How many classes the speaker has.</param>
/// <param name="Uar">UAR over those classes.</param>
/// <param name="Chosen">Whether defaults were chosen on this speaker.</param>
public sealed record SpeakerResult(string Speaker, int Utterances, int Classes, double Uar, bool Chosen);

/// <summary>An estimate and its 95 % interval; NaN ends where there are too few speakers for one.</summary>
/// <param name="Estimate">The estimate, in [0, 1].</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record UarInterval(double Estimate, double Low, double High)
{
    /// <summary>As it is written in tables: <c>74.2 [70.1, 78.0]</c>.</summary>
    public override string ToString() => double.IsFinite(Low)
        ? $"{Figures.Percent(Estimate)} {Figures.Interval(Low, High)}"
        : Figures.Percent(Estimate);
}

/// <summary>A mean, and the sample standard deviation (n − 1), which is NaN for a single value.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Spread">The standard deviation.</param>
public sealed record MeanAndSpread(double Mean, double Spread)
{
    /// <summary>Of some values; NaN values are left out.</summary>
    /// <param name="values">The values.</param>
    public static MeanAndSpread Of(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
        {
            return new MeanAndSpread(double.NaN, double.NaN);
        }

        var mean = finite.Average();
        var spread = finite.Count < 2 ? double.NaN : Math.Sqrt(finite.Sum(v => (v - mean) * (v - mean)) / (finite.Count - 1));
        return new MeanAndSpread(mean, spread);
    }

    /// <summary>As it is written in tables: <c>74.2 ± 1.3</c>.</summary>
    public override string ToString() => Figures.MeanSpread(Mean, Spread);
}
