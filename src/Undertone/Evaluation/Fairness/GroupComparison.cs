using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation.Fairness;

/// <summary>What <see cref="GroupComparison"/> takes for enough.</summary>
public sealed record GroupComparisonOptions
{
    /// <summary>A group with fewer utterances is marked and left out of gaps. 20.</summary>
    public int LeastUtterances { get; init; } = 20;

    /// <summary>
    /// A group with fewer speakers is marked and left out of gaps: with one speaker a group cannot be told from a person.
    /// 2.
    /// </summary>
    public int LeastSpeakers { get; init; } = 2;

    /// <summary>How intervals are drawn.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();
}

/// <summary>
/// A metric by groups of utterances (by gender, age group, language), the gap between the groups, and equal opportunity:
/// the gap of each class's recall (Hardt, Price and Srebro 2016, Equality of opportunity in supervised learning,
/// arXiv:1610.02413). Speakers are drawn once for all groups, so that a speaker of two groups counts in both.
/// <para>A gap is the best group's number less the worst's, of the groups that are large enough. The two are chosen by
/// looking at all rows and kept in every draw; with more than two groups the gap is the largest of several, and its
/// interval does not allow for that choice.</para>
/// </summary>
public sealed record GroupComparison
{
    /// <summary>The attribute that makes the groups: <c>gender</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The groups, by name.</summary>
    public required IReadOnlyList<GroupScore> Groups { get; init; }

    /// <summary>The gap of the metric; null where fewer than two groups are large enough.</summary>
    public required GroupGap? Gap { get; init; }

    /// <summary>Equal opportunity: each class with its recall in every group, and their gap.</summary>
    public required IReadOnlyList<ClassOpportunity> Classes { get; init; }

    /// <summary>Rows whose value of the attribute is unknown; they are in no group.</summary>
    public required int Unknown { get; init; }

    /// <summary>Compares groups.</summary>
    /// <param name="rows">Prediction rows, at least one; an utterance may occur again, as with several seeds.</param>
    /// <param name="classes">The classes, in the order of the rows' probabilities.</param>
    /// <param name="attributes">What is known of the utterances.</param>
    /// <param name="attribute">The attribute that makes the groups.</param>
    /// <param name="metric">The metric; UAR where none is given.</param>
    /// <param name="options">What is enough, and how to draw.</param>
    /// <exception cref="UndertoneException">There is no such attribute or no row has a value of it, or the rows lack the probabilities that the metric needs.</exception>
    public static GroupComparison Of(
        IReadOnlyCollection<PredictionRow> rows,
        IReadOnlyList<string> classes,
        GroupAttributes attributes,
        string attribute,
        Metric? metric = null,
        GroupComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(attributes);
        metric ??= new UnweightedAverageRecall();
        options ??= new GroupComparisonOptions();
        var groups = attributes.Group(rows, attribute);
        if (groups.Count == 0)
        {
            throw new UndertoneException($"no utterance of these predictions has a value of '{attribute}'; expected the corpus's own utterance ids.");
        }

        string[] names = [.. groups.Keys];
        var recalls = rows.Select(r => r.True).Distinct().ToHashSet();
        ClassRecall[] opportunities = [.. classes.Concat(recalls.Order(StringComparer.Ordinal)).Distinct().Where(recalls.Contains).Select(c => new ClassRecall(c))];
        var draws = ClusterBootstrap.Draw([.. groups.Values.Select(g => new ScoredRows(g, classes))], [metric, .. opportunities], options.Bootstrap);
        var scored = Scores(metric, groups, _ => true, classes, draws, options);
        return new GroupComparison
        {
            Attribute = attribute,
            Metric = metric,
            Groups = scored,
            Gap = GapOf(metric, names, scored, draws),
            Classes =
            [
                .. opportunities.Select(c =>
                {
                    var scores = Scores(c, groups, r => r.True == c.Class, classes, draws, options);
                    return new ClassOpportunity(c.Class, scores, GapOf(c, names, scores, draws));
                }),
            ],
            Unknown = rows.Count - groups.Values.Sum(g => g.Count),
        };
    }

    private static GroupScore[] Scores(
        Metric metric,
        IReadOnlyDictionary<string, IReadOnlyList<PredictionRow>> groups,
        Func<PredictionRow, bool> counts,
        IReadOnlyList<string> classes,
        BootstrapDraws? draws,
        GroupComparisonOptions options) =>
    [
        .. groups.Select((group, g) =>
        {
            PredictionRow[] counted = [.. group.Value.Where(counts)];
            var utterances = counted.DistinctBy(r => r.Utterance).Count();
            var speakers = counted.DistinctBy(r => r.Speaker).Count();
            var interval = draws is null || speakers < 2 ? null : draws.Of(g, metric) with { Clusters = speakers };
            return new GroupScore(
                group.Key, utterances, speakers, metric.Evaluate(group.Value, classes), interval,
                utterances < options.LeastUtterances || speakers < options.LeastSpeakers);
        }),
    ];

    private static GroupGap? GapOf(Metric metric, string[] names, GroupScore[] scores, BootstrapDraws? draws)
    {
        GroupScore[] fit = [.. scores.Where(s => !s.TooFew && !double.IsNaN(s.Score)).OrderBy(s => metric.HigherIsBetter ? -s.Score : s.Score)];
        if (fit.Length < 2)
        {
            return null;
        }

        var (best, worst) = (fit[0], fit[^1]);
        var interval = draws?.Difference(Array.IndexOf(names, best.Group), Array.IndexOf(names, worst.Group), metric);
        return new GroupGap(best.Group, worst.Group, best.Score - worst.Score, interval);
    }

    /// <summary>The recall of one class, in [0, 1]; NaN where no row is truly of it.</summary>
    private sealed class ClassRecall(string name) : AdditiveMetric
    {
        public string Class => name;

        public override string Name => "recall-" + name;

        public override string Title => $"recall of {name}";

        public override string Description => $"share of '{name}' that is recognised";

        public override bool IsShare => true;

        public override int Length(int classes) => 2;

        public override void Add(PredictionRow row, int truth, int predicted, Span<double> sums)
        {
            if (row.True == name)
            {
                sums[0] += truth == predicted ? 1 : 0;
                sums[1]++;
            }
        }

        public override double FromSums(ReadOnlySpan<double> sums, int classes) => sums[0] / sums[1];
    }
}

/// <summary>One group's number.</summary>
/// <param name="Group">The group: <c>female</c>.</param>
/// <param name="Utterances">Utterances that count: of the group, and for a recall of the class too.</param>
/// <param name="Speakers">Their speakers.</param>
/// <param name="Score">The metric; NaN where the group has nothing to compute it from.</param>
/// <param name="Interval">Its interval; null with fewer than two speakers.</param>
/// <param name="TooFew">Whether there are fewer utterances or speakers than the options ask for, so that the number says little.</param>
public sealed record GroupScore(string Group, int Utterances, int Speakers, double Score, Interval? Interval, bool TooFew);

/// <summary>The gap between groups.</summary>
/// <param name="Best">The group with the best number.</param>
/// <param name="Worst">The group with the worst number.</param>
/// <param name="Value">The best number less the worst: negative for a metric of which less is better.</param>
/// <param name="Interval">The interval of the difference of these two groups, over the same draws of speakers.</param>
public sealed record GroupGap(string Best, string Worst, double Value, Interval? Interval);

/// <summary>Equal opportunity of one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Recalls">The recall in each group.</param>
/// <param name="Gap">The gap; null where fewer than two groups have enough of the class.</param>
public sealed record ClassOpportunity(string Class, IReadOnlyList<GroupScore> Recalls, GroupGap? Gap);
