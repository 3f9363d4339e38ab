using FsCheck;
using FsCheck.Fluent;
using Undertone.Evaluation.Significance;
using TestResult = Undertone.Evaluation.Significance.TestResult;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>What holds for any scores, and what was decided for those that say little.</summary>
public sealed class SignificancePropertyTests
{
    private static readonly double[] Tenths = [0.1, 0.2, 0.3, 0.7];

    [Fact]
    public void Swapping_the_systems_turns_the_sign_and_keeps_p() => ForAnyPairs((a, b) =>
        AllPaired(a, b).Zip(AllPaired(b, a)).All(r =>
            r.First.PValue == r.Second.PValue && r.First.EffectSize == -r.Second.EffectSize && Math.Abs(r.First.Statistic) == Math.Abs(r.Second.Statistic)));

    [Fact]
    public void The_order_of_pairs_does_not_matter() => ForAnyPairs((a, b) =>
        AllPaired(a, b).Zip(AllPaired([.. a.Reverse()], [.. b.Reverse()])).All(r =>
            Close(r.First.PValue, r.Second.PValue) && Close(r.First.EffectSize, r.Second.EffectSize) && Close(r.First.Statistic, r.Second.Statistic)));

    [Fact]
    public void Probabilities_lie_between_zero_and_one() => ForAnyTable(scores =>
    {
        var friedman = Friedman.Of(scores);
        var anova = RepeatedMeasuresAnova.Of(scores);
        var nemenyi = Nemenyi.Of(scores);
        double[] all =
        [
            .. AllPaired([.. scores.Select(r => r[0])], [.. scores.Select(r => r[1])]).Select(r => r.PValue),
            friedman.PValue, friedman.ImanDavenportPValue, friedman.EffectSize, anova.PValue, anova.UncorrectedPValue, anova.EffectSize,
            anova.Epsilon, OneWayAnova.Of(scores).PValue, OneWayAnova.Of(scores).EffectSize, .. nemenyi.PValues.SelectMany(r => r),
        ];
        return all.All(p => p is >= 0 and <= 1);
    });

    [Fact]
    public void Neither_the_order_of_speakers_nor_of_systems_matters() => ForAnyTable(scores =>
    {
        double[][] turned = [.. scores.Reverse().Select(r => r.Reverse().ToArray())];
        var (friedman, other) = (Friedman.Of(scores), Friedman.Of(turned));
        var (anova, second) = (RepeatedMeasuresAnova.Of(scores), RepeatedMeasuresAnova.Of(turned));
        return Close(friedman.Statistic, other.Statistic) && Close(friedman.ImanDavenportPValue, other.ImanDavenportPValue)
            && Close(anova.Statistic, second.Statistic) && Close(anova.PValue, second.PValue)
            && friedman.AverageRanks.Zip(other.AverageRanks.Reverse()).All(r => Close(r.First, r.Second))
            && Close(friedman.AverageRanks.Sum(), scores[0].Length * (scores[0].Length + 1) / 2.0);
    });

    [Fact]
    public void Holm_keeps_the_order_and_never_lowers_a_probability() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 1000).NonEmptyListOf().ToArbitrary(), numbers =>
        {
            double[] p = [.. numbers.Select(n => n / 1000.0)];
            var adjusted = HolmCorrection.Adjust(p);
            var pairs = p.Zip(adjusted).OrderBy(r => r.First).ToList();
            return pairs.All(r => r.Second >= r.First && r.Second <= 1)
                && pairs.Zip(pairs.Skip(1)).All(r => r.First.Second <= r.Second.Second)
                && p.Min() * p.Length >= adjusted.Min();
        }));

    /// <summary>Where no system differs, one family in twenty has a false alarm, whatever its number of pairs.</summary>
    [Theory]
    [InlineData(8, 3)]
    [InlineData(8, 6)]
    public void Sign_flips_keep_false_alarms_among_all_pairs_at_the_level(int speakers, int systems)
    {
        const int families = 600;
        var random = SeededRandom.From(speakers, systems);
        var alarms = Enumerable.Range(0, families).Count(_ =>
        {
            double[][] scores = [.. Enumerable.Range(0, systems).Select(_ => Enumerable.Range(0, speakers).Select(_ => random.NextGaussian()).ToArray())];
            return SignFlipTest.OfAll([.. Pairs(scores)]).Any(r => r.AdjustedPValue <= 0.05);
        });

        // 30 are expected; 0.0001 of such experiments lie outside.
        alarms.ShouldBeInRange(11, 52);
    }

    [Fact]
    public void Sign_flips_are_no_surer_among_many_pairs_and_do_not_mind_the_order() => ForAnyTable(scores =>
    {
        var there = SignFlipTest.OfAll([.. Pairs(scores)]);
        var back = SignFlipTest.OfAll([.. Pairs(scores).Reverse().Select(p => (p.Second, p.First))]).Reverse();
        return there.All(r => r.Result.PValue <= r.AdjustedPValue + 1e-12 && r.AdjustedPValue <= 1)
            && there.Zip(back).All(r => Close(r.First.Result.PValue, r.Second.Result.PValue) && Close(r.First.AdjustedPValue, r.Second.AdjustedPValue) && Close(r.First.Result.Statistic, -r.Second.Result.Statistic));
    });

    /// <summary>All choices of signs of eighteen pairs, taken here, against the drawn ones.</summary>
    [Fact]
    public void Drawn_signs_come_near_all_of_them()
    {
        const int pairs = 18;
        double[] differences = [.. Enumerable.Range(0, pairs).Select(i => Math.Sin(7 * i) + 0.4)];
        var all = Enumerable.Range(0, 1 << pairs).Count(choice => Math.Abs(differences.Select((d, i) => (choice >> i & 1) == 1 ? d : -d).Sum()) >= Math.Abs(differences.Sum()) - 1e-9) / (double)(1 << pairs);
        var drawn = SignFlipTest.Of(differences, new double[pairs]);
        drawn.Exact.ShouldBeFalse();
        drawn.PValue.ShouldBe(all, 0.01);
        drawn.ShouldBe(SignFlipTest.Of(differences, new double[pairs]));
        all.ShouldBeInRange(0.01, 0.2);
    }

    [Fact]
    public void The_more_speakers_the_smaller_the_smallest_difference() =>
        Enumerable.Range(2, 30).Select(n => SmallestDifference.Of(n, 0.1).Difference).ShouldBe(
            Enumerable.Range(2, 30).Select(n => SmallestDifference.Of(n, 0.1).Difference).OrderDescending());

    [Fact]
    public void Without_any_difference_p_is_one()
    {
        foreach (TestResult result in (TestResult[])[.. AllPaired(Tenths, [.. Tenths]), SignFlipTest.Of(Tenths, [.. Tenths])])
        {
            (result.Statistic, result.PValue, result.EffectSize).ShouldBe((0, 1, 0), result.Test);
        }

        double[][] same = [.. Tenths.Select(v => new[] { v, v, v })];
        foreach (TestResult result in (TestResult[])[Friedman.Of(same), RepeatedMeasuresAnova.Of(same), OneWayAnova.Of([[0.1, 0.1], [0.1]]), McNemar.Of(0, 0, 9)])
        {
            (result.Statistic, result.PValue, result.EffectSize).ShouldBe((0, 1, 0), result.Test);
        }

        Nemenyi.Of(same).PValues.SelectMany(r => r).ShouldAllBe(p => p == 1);
        Nemenyi.Of(same).Groups.ShouldHaveSingleItem().ShouldBe([0, 1, 2]);
        McNemar.Of(7, 7, 20).ChiSquaredPValue.ShouldBe(1);
        McNemar.Of(7, 7, 20).PValue.ShouldBe(1);
    }

    [Fact]
    public void The_same_difference_everywhere_is_certain()
    {
        double[] more = [.. Tenths.Select(v => v + 0.1)];
        var t = PairedTTest.Of(more, Tenths);
        (t.Statistic, t.PValue, t.EffectSize).ShouldBe((double.PositiveInfinity, 0, double.PositiveInfinity));
        CorrectedResampledTTest.Of(Tenths, more, 0.1).Statistic.ShouldBe(double.NegativeInfinity);
        WilcoxonSignedRank.Of(more, Tenths).Tied.ShouldBeTrue();
        WilcoxonSignedRank.Of(more, Tenths).EffectSize.ShouldBe(1);

        double[][] ranked = [.. Tenths.Select(v => new[] { v, v + 0.1, v + 0.2 })];
        Friedman.Of(ranked).EffectSize.ShouldBe(1, 1e-12);
        Friedman.Of(ranked).ImanDavenportPValue.ShouldBe(0);
        Friedman.Of(ranked).AverageRanks.ShouldBe([3, 2, 1]);
        RepeatedMeasuresAnova.Of(ranked).PValue.ShouldBe(0);
        OneWayAnova.Of([[0.1, 0.1], [0.3, 0.3]]).PValue.ShouldBe(0);
    }

    [Fact]
    public void Too_few_observations_are_refused_with_their_number()
    {
        Should.Throw<UndertoneException>(() => PairedTTest.Of([0.5], [0.4])).Message.ShouldBe("the paired t-test needs at least 2 pairs, and there is 1.");
        Should.Throw<UndertoneException>(() => CorrectedResampledTTest.Of([0.5], [0.4], 0.1));
        Should.Throw<UndertoneException>(() => WilcoxonSignedRank.Of([], [])).Message.ShouldContain("there are 0");
        Should.Throw<UndertoneException>(() => SignFlipTest.Of([0.5], [0.4])).Message.ShouldBe("the sign-flip test needs at least 2 pairs, and there is 1.");
        Should.Throw<UndertoneException>(() => McNemar.Of([], []));
        Should.Throw<UndertoneException>(() => OneWayAnova.Of([[0.1], [0.2]]));
        Should.Throw<UndertoneException>(() => OneWayAnova.Of([[0.1, 0.2], []]));
        Should.Throw<UndertoneException>(() => RepeatedMeasuresAnova.Of([[0.1, 0.2]]));
        Should.Throw<UndertoneException>(() => Friedman.Of([[0.1], [0.2]]));
        Should.Throw<UndertoneException>(() => Nemenyi.Of([]));
        Should.Throw<UndertoneException>(() => SmallestDifference.Of(1, 0.1));
    }

    [Fact]
    public void Values_that_mean_nothing_are_refused()
    {
        Should.Throw<ArgumentException>(() => PairedTTest.Of([0.5, double.NaN], [0.4, 0.3]));
        Should.Throw<ArgumentException>(() => WilcoxonSignedRank.Of([0.5, 0.1], [0.4]));
        Should.Throw<ArgumentException>(() => McNemar.Of([true], []));
        Should.Throw<ArgumentException>(() => SignFlipTest.OfAll([]));
        Should.Throw<ArgumentException>(() => SignFlipTest.OfAll([([0.1, 0.2], [0.2, 0.1]), ([0.1, 0.2, 0.3], [0.1, 0.2, 0.4])]));
        Should.Throw<ArgumentException>(() => Friedman.Of([[0.1, 0.2], [0.1]]));
        Should.Throw<ArgumentException>(() => HolmCorrection.Adjust([0.1, double.NaN]));
        Should.Throw<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.Of([0.5, 0.6], [0.4, 0.3], 0));
        Should.Throw<ArgumentOutOfRangeException>(() => SmallestDifference.Of(10, 0.1, power: 0.01));
        Should.Throw<ArgumentOutOfRangeException>(() => SmallestDifference.PowerAt(0.1, 10, -1));
    }

    [Fact]
    public void A_spread_of_zero_shows_any_difference()
    {
        SmallestDifference.Of(10, 0).Difference.ShouldBe(0);
        SmallestDifference.PowerAt(0.01, 10, 0).ShouldBe(1);
        SmallestDifference.PowerAt(0, 10, 0).ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void The_bars_of_the_critical_difference_diagram_join_what_does_not_differ()
    {
        // Forty speakers rank five systems alike but for the middle two, which tie: only these are joined.
        double[][] scores = [.. Enumerable.Range(0, 40).Select(s => s % 2 == 0 ? new[] { 0.9, 0.5, 0.4, 0.2, 0.1 } : [0.9, 0.4, 0.5, 0.2, 0.1])];
        var nemenyi = Nemenyi.Of(scores);
        nemenyi.AverageRanks.ShouldBe([1, 2.5, 2.5, 4, 5]);
        nemenyi.Groups.ShouldHaveSingleItem().ShouldBe([1, 2]);
        nemenyi.CriticalDifference.ShouldBeInRange(0.9, 1.1);
        nemenyi.PValues[1][2].ShouldBe(1);
        nemenyi.PValues[0][4].ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Every_test_says_its_question_assumptions_and_source()
    {
        foreach (var result in (TestResult[])[.. AllPaired(Tenths, [0.1, 0.3, 0.2, 0.5]), SignFlipTest.Of(Tenths, [0.1, 0.3, 0.2, 0.5]), McNemar.Of(1, 2, 3), OneWayAnova.Of([[1, 2], [3]]), Friedman.Of([[1, 2], [2, 1]]), RepeatedMeasuresAnova.Of([[1, 2], [3, 5]])])
        {
            result.Question.ShouldEndWith("?");
            result.Assumptions.ShouldEndWith(".");
            result.Citation.ShouldNotBeEmpty();
            result.EffectSizeName.ShouldNotBeEmpty();
        }
    }

    private static TestResult[] AllPaired(double[] a, double[] b) => [PairedTTest.Of(a, b), WilcoxonSignedRank.Of(a, b), CorrectedResampledTTest.Of(a, b, 0.25)];

    private static IEnumerable<(IReadOnlyList<double> First, IReadOnlyList<double> Second)> Pairs(double[][] systems) =>
        from a in Enumerable.Range(0, systems.Length)
        from b in Enumerable.Range(a + 1, systems.Length - a - 1)
        select ((IReadOnlyList<double>)systems[a], (IReadOnlyList<double>)systems[b]);

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));

    // Sevenths and tenths: ties, zeros and values that no double holds exactly.
    private static Gen<double> Score => Gen.Elements(0, 1 / 7.0, 2 / 7.0, 0.3, 0.1, 0.2, 0.7, 1);

    private static void ForAnyPairs(Func<double[], double[], bool> holds)
    {
        var pairs = (from a in Score from b in Score select (a, b)).NonEmptyListOf().Where(l => l.Count > 1);
        Check.QuickThrowOnFailure(Prop.ForAll(pairs.ToArbitrary(), l => holds([.. l.Select(p => p.a)], [.. l.Select(p => p.b)])));
    }

    private static void ForAnyTable(Func<double[][], bool> holds)
    {
        var tables = from k in Gen.Choose(2, 5)
                     from n in Gen.Choose(2, 8)
                     from rows in Score.ArrayOf(k).ArrayOf(n)
                     select rows;
        Check.QuickThrowOnFailure(Prop.ForAll(tables.ToArbitrary(), holds));
    }
}
