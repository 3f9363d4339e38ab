using Undertone.Evaluation.Metrics;
using Undertone.Protocols;

namespace Undertone.Evaluation.Significance;

/// <summary>
/// Two or more systems that were tested on the same utterances, compared in the ways that answer different questions:
/// would the difference hold with other speakers (interval, Wilcoxon, Friedman and Nemenyi), do the trained systems err
/// differently on these utterances (McNemar), would it hold with other training data (corrected resampled t-test).
/// p values of pairs are corrected for their number (Holm); those of Nemenyi allow for it already. Wilcoxon's p of n speakers
/// is at least 2^(1-n), which Holm multiplies by the number of pairs: where that alone exceeds the level, the sign-flip test
/// stands beside it and decides. Whether it does follows from the numbers of speakers and systems, never from a score.
/// <para>With several seeds, scores of speakers and folds are those of all seeds' rows together; McNemar's test takes the
/// first seed's rows alone, since it is about two trained systems.</para>
/// </summary>
public sealed record SystemComparison
{
    /// <summary>The badge that all systems carry.</summary>
    public required Badge Badge { get; init; }

    /// <summary>The systems, in the order given.</summary>
    public required IReadOnlyList<SystemScore> Systems { get; init; }

    /// <summary>Every pair, the first before the second in the order given.</summary>
    public required IReadOnlyList<PairComparison> Pairs { get; init; }

    /// <summary>Friedman's test over the speakers; null with fewer than three systems or two speakers.</summary>
    public required Friedman? Friedman { get; init; }

    /// <summary>Nemenyi's test, which follows Friedman's; null where that is.</summary>
    public required Nemenyi? Nemenyi { get; init; }

    /// <summary>The seeds that all systems share, which alone are compared.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The folds' names.</summary>
    public required IReadOnlyList<string> Folds { get; init; }

    /// <summary>The test speakers, in the order of <see cref="SystemScore.Speakers"/>.</summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>Test utterances of one seed.</summary>
    public required int Utterances { get; init; }

    /// <summary>The level of all tests.</summary>
    public required double Alpha { get; init; }

    /// <summary>Which test answers which question.</summary>
    public required IReadOnlyList<TestQuestion> Questions { get; init; }

    /// <summary>Which assumption is shaky here, which test could not be made and why: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Compares systems.</summary>
    /// <param name="systems">Two or more, each with a name of its own.</param>
    /// <param name="options">How.</param>
    /// <exception cref="UndertoneException">
    /// The systems carry different badges, share no seed, or were not tested on the same folds and utterances with the same
    /// truth; the message says what differs and the way out. Or rows lack the probabilities that a metric needs.
    /// </exception>
    public static SystemComparison Of(IReadOnlyList<ComparedSystem> systems, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(systems);
        options ??= new ComparisonOptions();
        var trials = ComparableTrials.Of(systems);
        Metric[] metrics = [new UnweightedAverageRecall(), .. options.Metrics.Where(m => m is not UnweightedAverageRecall)];
        ScoredRows[] rows = [.. trials.Trials.Select(Pool)];
        var speakerScores = rows.Select(r => SpeakerScores.Of(r.Rows)).ToArray();
        double[][] bySpeaker = [.. speakerScores.Select(s => s.Select(v => v.Uar).ToArray())];
        var folds = trials.Trials.Select(FoldScores).ToArray();
        var draws = ClusterBootstrap.Draw(rows, metrics, options.Bootstrap);
        double[][] estimates = [.. rows.Select((r, i) => metrics.Select(m => draws?.Of(i, m).Estimate ?? m.Evaluate(r.Rows, r.Classes)).ToArray())];
        var many = systems.Count > 2 && bySpeaker[0].Length > 1;
        double[][] table = many ? [.. bySpeaker[0].Select((_, s) => bySpeaker.Select(b => b[s]).ToArray())] : [];
        var friedman = many ? Significance.Friedman.Of(table) : null;
        var pairs = PairsOf(systems, trials, metrics, estimates, bySpeaker, folds, draws, options);
        var comparison = new SystemComparison
        {
            Badge = systems[0].Badge,
            Systems =
            [
                .. systems.Select((s, i) => new SystemScore(
                    s.Name, [.. metrics.Select((m, k) => new MetricScore(m, estimates[i][k], draws?.Of(i, m)))], bySpeaker[i], friedman?.AverageRanks[i])),
            ],
            Pairs = pairs,
            Friedman = friedman,
            Nemenyi = many ? Significance.Nemenyi.Of(table, options.Alpha) : null,
            Seeds = trials.Seeds,
            Folds = [.. trials.Trials[0].Select(t => t.Fold).Distinct().Order(StringComparer.Ordinal)],
            Speakers = [.. speakerScores[0].Select(s => s.Speaker)],
            Utterances = trials.Trials[0].Where(t => t.Seed == trials.Seeds[0]).Sum(t => t.Rows.Count),
            Alpha = options.Alpha,
            Questions = ComparisonNotes.Questions(pairs, friedman),
            Notes = [],
        };
        return comparison with { Notes = ComparisonNotes.Of(comparison, trials, speakerScores[0]) };
    }

    private static PairComparison[] PairsOf(
        IReadOnlyList<ComparedSystem> systems,
        ComparableTrials trials,
        Metric[] metrics,
        double[][] estimates,
        double[][] bySpeaker,
        double[][] folds,
        BootstrapDraws? draws,
        ComparisonOptions options)
    {
        (int A, int B)[] pairs = [.. from a in Enumerable.Range(0, systems.Count) from b in Enumerable.Range(a + 1, systems.Count - a - 1) select (a, b)];
        bool[][] right = [.. trials.Trials.Select(s => s.Where(t => t.Seed == trials.Seeds[0]).SelectMany(t => t.Rows).Select(r => r.True == r.Predicted).ToArray())];
        var wilcoxon = bySpeaker[0].Length < 2 ? null : Adjusted(p => WilcoxonSignedRank.Of(bySpeaker[p.A], bySpeaker[p.B]));
        var signFlip = NeedsSignFlips(bySpeaker[0].Length, pairs.Length, options.Alpha) ? SignFlipTest.OfAll([.. pairs.Select(p => ((IReadOnlyList<double>)bySpeaker[p.A], (IReadOnlyList<double>)bySpeaker[p.B]))]) : null;
        var mcNemar = Adjusted(p => Significance.McNemar.Of(right[p.A], right[p.B]));
        var corrected = folds[0].Length < 2 || TestTrainRatio(trials) is not { } ratio ? null : Adjusted(p => CorrectedResampledTTest.Of(folds[p.A], folds[p.B], ratio));
        return
        [
            .. pairs.Select((p, i) => new PairComparison
            {
                First = systems[p.A].Name,
                Second = systems[p.B].Name,
                Differences = [.. metrics.Select((m, k) => new MetricDifference(m, estimates[p.A][k] - estimates[p.B][k], draws?.Difference(p.A, p.B, m)))],
                Wilcoxon = wilcoxon?[i],
                SignFlip = signFlip?[i],
                McNemar = mcNemar[i],
                CorrectedResampled = corrected?[i],
                Smallest = bySpeaker[0].Length < 2 ? null : SmallestDifference.Of(bySpeaker[0].Length, PairedTTest.Of(bySpeaker[p.A], bySpeaker[p.B]).StandardDeviation, options.Alpha),
            }),
        ];

        AdjustedTest<T>[] Adjusted<T>(Func<(int A, int B), T> test)
            where T : TestResult
        {
            T[] results = [.. pairs.Select(test)];
            return [.. results.Zip(HolmCorrection.Adjust([.. results.Select(r => r.PValue)]), (r, p) => new AdjustedTest<T>(r, p))];
        }
    }

    // Of ever so few speakers sign flips show no more than ranks do.
    private static bool NeedsSignFlips(int speakers, int pairs, double alpha)
    {
        var least = Math.Pow(2, 1 - speakers);
        return least <= alpha && least * pairs > alpha;
    }

    /// <summary>The mean over folds of test over training utterances; null where a training size is unknown.</summary>
    private static double? TestTrainRatio(ComparableTrials trials)
    {
        var all = trials.Trials.SelectMany(s => s).ToList();
        return all.All(t => t.TrainUtterances > 0) ? all.Average(t => t.Rows.Count / (double)t.TrainUtterances!.Value) : null;
    }

    // Folds of the same utterances under several seeds are one fold, whose score is that of all its rows: another seed is
    // no other sample of data. Where folds are drawn anew for each seed, each counts.
    private static double[] FoldScores(IReadOnlyList<ComparableTrial> trials)
    {
        var uar = new UnweightedAverageRecall();
        return
        [
            .. trials.GroupBy(t => t.Fold).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(fold =>
            {
                var first = fold.First().Rows;
                var same = fold.All(t => t.Rows.Select(r => r.Utterance).SequenceEqual(first.Select(r => r.Utterance)));
                return same
                    ? (IEnumerable<double>)[uar.Evaluate([.. fold.SelectMany(t => t.Rows)], fold.First().Classes)]
                    : fold.Select(t => uar.Evaluate([.. t.Rows], t.Classes));
            }),
        ];
    }

    // Trials of one system may list their classes in another order; their probabilities are put into that of the first.
    private static ScoredRows Pool(IReadOnlyList<ComparableTrial> trials)
    {
        var classes = trials[0].Classes;
        var withProbabilities = trials.All(t => t.Rows.All(r => r.Probabilities is not null));
        return new ScoredRows([.. trials.SelectMany(t => withProbabilities && !t.Classes.SequenceEqual(classes) ? Reordered(t) : t.Rows)], classes);

        IEnumerable<PredictionRow> Reordered(ComparableTrial trial)
        {
            var own = trial.Classes.ToList();
            if (!own.ToHashSet().SetEquals(classes))
            {
                throw new UndertoneException($"fold '{trial.Fold}' of seed {trial.Seed} has probabilities of {string.Join(", ", own)}, and fold '{trials[0].Fold}' of {string.Join(", ", classes)}; expected the same classes.");
            }

            int[] order = [.. classes.Select(c => own.IndexOf(c))];
            return trial.Rows.Select(r => r with { Probabilities = [.. order.Select(i => r.Probabilities![i])] });
        }
    }
}

/// <summary>One system of a comparison.</summary>
/// <param name="Name">The system's name.</param>
/// <param name="Scores">UAR, then the further metrics that were asked for.</param>
/// <param name="Speakers">The UAR of each speaker over the classes that the speaker has, in the order of the comparison's speakers.</param>
/// <param name="AverageRank">The mean rank over the speakers, 1 for the best; null with fewer than three systems.</param>
public sealed record SystemScore(string Name, IReadOnlyList<MetricScore> Scores, IReadOnlyList<double> Speakers, double? AverageRank)
{
    /// <summary>The UAR of all rows.</summary>
    public MetricScore Uar => Scores[0];
}

/// <summary>One number of a system.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">The number, over all rows.</param>
/// <param name="Interval">Its interval over drawn speakers; null with one speaker.</param>
public sealed record MetricScore(Metric Metric, double Value, Interval? Interval);

/// <summary>What a test of a comparison is for.</summary>
/// <param name="Test">The test's name.</param>
/// <param name="Over">What its observations are: <c>24 speakers</c>.</param>
/// <param name="Question">The question that it answers.</param>
/// <param name="Assumptions">What must hold.</param>
/// <param name="Citation">The method's source.</param>
public sealed record TestQuestion(string Test, string Over, string Question, string Assumptions, string Citation);
