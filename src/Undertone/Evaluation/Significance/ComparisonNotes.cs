using System.Globalization;
using Undertone.Protocols;

namespace Undertone.Evaluation.Significance;

/// <summary>Says which test of a comparison answers which question, and which assumption is shaky.</summary>
internal static class ComparisonNotes
{
    // Percentile intervals of fewer clusters than this are noticeably too narrow (Cameron, Gelbach and Miller 2008, doi:10.1162/rest.90.3.414, speak of 5 to 30).
    private const int FewClusters = 20;

    public static IReadOnlyList<TestQuestion> Questions(IReadOnlyList<PairComparison> pairs, Friedman? friedman)
    {
        var questions = new List<TestQuestion>();
        if (pairs[0].Uar.Interval is { } interval)
        {
            questions.Add(new(
                "paired clustered bootstrap", $"{interval.Clusters} speakers", "How large is the difference, and how far would it move with other speakers?",
                "The speakers are drawn from those one cares about; intervals of few speakers are too narrow.", "Efron 1979, doi:10.1214/aos/1176344552"));
        }

        Add(pairs[0].Wilcoxon?.Result, "speakers");
        Add(pairs[0].SignFlip?.Result, "speakers");
        if (friedman is not null)
        {
            Add(friedman, "speakers");
            questions.Add(new("Nemenyi test", $"{friedman.Count} speakers", Nemenyi.Asks, Nemenyi.Assumes, Nemenyi.Source));
        }

        Add(pairs[0].McNemar.Result, "utterances");
        Add(pairs[0].CorrectedResampled?.Result, "folds");
        return questions;

        void Add(TestResult? result, string unit)
        {
            if (result is not null)
            {
                questions.Add(new(result.Test, $"{result.Count} {unit}", result.Question, result.Assumptions, result.Citation));
            }
        }
    }

    public static IReadOnlyList<string> Of(SystemComparison comparison, ComparableTrials trials, IReadOnlyList<SpeakerScores> speakers) =>
    [
        .. OfRuns(comparison, trials), .. OfSpeakers(comparison, speakers), .. OfUtterances(comparison), .. OfFolds(comparison, trials),
    ];

    private static IEnumerable<string> OfRuns(SystemComparison comparison, ComparableTrials trials)
    {
        if (comparison.Badge.Kind == BadgeKind.SpeakerDependent)
        {
            yield return "The scores are speaker-dependent: test speakers were trained on, so a difference may be one of remembering voices.";
        }

        if (trials.SeedsLeftOut.Count > 0)
        {
            yield return $"Seeds that not every system was run with are left out: {string.Join(", ", trials.SeedsLeftOut)}.";
        }

        if (comparison.Seeds.Count == 1)
        {
            yield return "One seed: part of a difference may be that of two random starts, which no test here sees.";
        }
    }

    private static IEnumerable<string> OfSpeakers(SystemComparison comparison, IReadOnlyList<SpeakerScores> speakers)
    {
        var n = speakers.Count;
        if (n < 2)
        {
            yield return "One test speaker: nothing can be said of other speakers, so there is no interval and no test over speakers.";
            yield break;
        }

        if (n < FewClusters)
        {
            yield return $"Paired clustered bootstrap: {n} speakers are few, and the intervals are somewhat too narrow.";
        }

        var least = Math.Pow(2, 1 - n);
        if (least > comparison.Alpha)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Wilcoxon signed-rank test: with {n} speakers its p cannot fall below {least:0.####}, so it cannot show a difference at {comparison.Alpha:0.###}.");
        }

        if (comparison.Pairs[0].SignFlip is not null)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Wilcoxon signed-rank test: with {n} speakers and {comparison.Pairs.Count} pairs its corrected p cannot fall below {Math.Min(1, least * comparison.Pairs.Count):0.###}, so it can show nothing here; the sign-flip test decides.");
        }

        foreach (var pair in comparison.Pairs)
        {
            if (pair.Wilcoxon?.Result is { Exact: false } result && result.Count - result.Zeros is < 10 and var used)
            {
                yield return $"Wilcoxon signed-rank test, {pair.First} and {pair.Second}: speakers differ equally or not at all, so p is the normal approximation, which is rough for {used} speakers that differ.";
            }
        }

        var single = speakers.Count(s => s.ClassesPresent == 1);
        if (single > 0)
        {
            yield return $"{single} of {n} speakers have one class only; their UAR is the recall of that class, and tests over speakers mix classes with speakers.";
        }

        if (comparison.Friedman is not null && (n < 10 || comparison.Systems.Count < 5))
        {
            yield return $"Friedman test: chi-squared is rough for {n} speakers and {comparison.Systems.Count} systems; read the p of Iman and Davenport.";
        }
    }

    private static IEnumerable<string> OfUtterances(SystemComparison comparison)
    {
        var seed = comparison.Seeds.Count > 1 ? $" It takes the rows of seed {comparison.Seeds[0]} alone." : "";
        yield return $"McNemar's test: the {comparison.Utterances} utterances come from {comparison.Speakers.Count} speaker{(comparison.Speakers.Count == 1 ? "" : "s")} and are not independent, so its p is too small; it says nothing of other speakers.{seed}";
    }

    private static IEnumerable<string> OfFolds(SystemComparison comparison, ComparableTrials trials)
    {
        if (comparison.Pairs[0].CorrectedResampled?.Result is not { } result)
        {
            yield return comparison.Folds.Count < 2
                ? "Corrected resampled t-test: not made, since there is one fold."
                : "Corrected resampled t-test: not made, since the number of training utterances is not known for every trial.";
            yield break;
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Corrected resampled t-test: its correction (n_test/n_train = {result.TestTrainRatio:0.###}) was made for random splits; these {result.Count} folds are fixed ones where they are speakers.");
        int?[] sizes = [.. trials.Trials.Select(s => s.Sum(t => t.TrainUtterances))];
        if (sizes.Distinct().Count() > 1)
        {
            yield return $"The systems were not trained on as many utterances ({string.Join(", ", comparison.Systems.Zip(sizes, (s, size) => $"{s.Name}: {size}"))}, summed over folds).";
        }
    }
}
