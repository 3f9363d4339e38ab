using System.Text.Json;
using Undertone.Evaluation.Significance;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>Against SciPy and statsmodels, and NumPy where neither has the method (Data/Evaluation/significance/significance.py).</summary>
public sealed class SignificanceTests
{
    private const double Exact = 1e-9;

    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Evaluation", "significance", "significance.json"))).RootElement;

    public static TheoryData<string> Paired => [.. Expected.GetProperty("paired").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    public static TheoryData<int> Repeated => [.. Enumerable.Range(0, Expected.GetProperty("repeated").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Paired))]
    public void Tests_of_pairs_agree(string name)
    {
        var expected = Expected.GetProperty("paired").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        var (first, second) = (Numbers(expected, "first"), Numbers(expected, "second"));

        var t = PairedTTest.Of(first, second);
        t.Statistic.ShouldBe(Number(expected, "t"), Exact);
        t.PValue.ShouldBe(Number(expected, "t_p"), Exact);
        t.EffectSize.ShouldBe(Number(expected, "dz"), Exact);
        t.DegreesOfFreedom.ShouldBe(first.Length - 1);

        var w = WilcoxonSignedRank.Of(first, second);
        w.Statistic.ShouldBe(Number(expected, "w"), Exact);
        w.PValue.ShouldBe(Number(expected, "w_p"), Exact);
        w.EffectSize.ShouldBe(Number(expected, "rank_biserial"), Exact);
        w.Exact.ShouldBe(expected.GetProperty("exact").GetBoolean());
        w.Zeros.ShouldBe(expected.GetProperty("zeros").GetInt32());
        w.Count.ShouldBe(first.Length);

        foreach (var row in expected.GetProperty("corrected").EnumerateArray())
        {
            var corrected = CorrectedResampledTTest.Of(first, second, row[0].GetDouble());
            corrected.Statistic.ShouldBe(row[1].GetDouble(), Exact);
            corrected.PValue.ShouldBe(row[2].GetDouble(), Exact);
            corrected.EffectSize.ShouldBe(Number(expected, "dz"), Exact);
        }
    }

    [Fact]
    public void McNemar_agrees()
    {
        foreach (var expected in Expected.GetProperty("mcnemar").EnumerateArray())
        {
            var (b, c) = (expected.GetProperty("b").GetInt32(), expected.GetProperty("c").GetInt32());
            var result = McNemar.Of(b, c, 10_000);
            result.PValue.ShouldBe(Number(expected, "exact"), Exact);
            result.ChiSquared.ShouldBe(Number(expected, "chi2"), Exact);
            result.ChiSquaredPValue.ShouldBe(Number(expected, "chi2_p"), Exact);
            result.EffectSize.ShouldBe((b / (double)(b + c)) - 0.5, Exact);

            bool[] first = [.. Enumerable.Repeat(true, b), .. Enumerable.Repeat(false, c), true, false];
            bool[] second = [.. Enumerable.Repeat(false, b), .. Enumerable.Repeat(true, c), true, false];
            McNemar.Of(first, second).ShouldBe(McNemar.Of(b, c, b + c + 2));
        }
    }

    [Fact]
    public void One_way_analysis_of_variance_agrees()
    {
        foreach (var expected in Expected.GetProperty("one_way").EnumerateArray())
        {
            var result = OneWayAnova.Of(Table(expected, "groups"));
            result.Statistic.ShouldBe(Number(expected, "f"), Exact);
            result.PValue.ShouldBe(Number(expected, "p"), Exact);
            result.EffectSize.ShouldBe(Number(expected, "eta2"), Exact);
            result.OmegaSquared.ShouldBe(Number(expected, "omega2"), Exact);
        }
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Tests_of_several_systems_agree(int index)
    {
        var expected = Expected.GetProperty("repeated")[index];
        var scores = Table(expected, "scores");

        var anova = RepeatedMeasuresAnova.Of(scores);
        anova.Statistic.ShouldBe(Number(expected, "f"), Exact);
        anova.UncorrectedPValue.ShouldBe(Number(expected, "uncorrected"), Exact);
        anova.Epsilon.ShouldBe(Number(expected, "epsilon"), Exact);
        anova.PValue.ShouldBe(Number(expected, "p"), Exact);
        anova.EffectSize.ShouldBe(Number(expected, "partial_eta2"), Exact);

        var friedman = Friedman.Of(scores);
        friedman.Statistic.ShouldBe(Number(expected, "friedman"), Exact);
        friedman.PValue.ShouldBe(Number(expected, "friedman_p"), Exact);
        friedman.EffectSize.ShouldBe(Number(expected, "kendall_w"), Exact);
        friedman.ImanDavenport.ShouldBe(Number(expected, "iman_davenport"), Exact);
        friedman.ImanDavenportPValue.ShouldBe(Number(expected, "iman_davenport_p"), Exact);

        var nemenyi = Nemenyi.Of(scores);
        Same(nemenyi.AverageRanks, Numbers(expected, "ranks"));
        nemenyi.CriticalDifference.ShouldBe(Number(expected, "critical_difference"), Exact);
        foreach (var (row, wanted) in nemenyi.PValues.Zip(Table(expected, "nemenyi")))
        {
            Same(row, wanted);
        }
    }

    [Fact]
    public void The_studentised_range_agrees()
    {
        foreach (var row in Expected.GetProperty("studentised_range").EnumerateArray())
        {
            StudentisedRange.UpperTail(row[0].GetDouble(), row[1].GetInt32()).ShouldBe(row[2].GetDouble(), Exact);
        }

        foreach (var row in Expected.GetProperty("studentised_range_critical").EnumerateArray())
        {
            StudentisedRange.Critical(row[0].GetDouble(), row[1].GetInt32()).ShouldBe(row[2].GetDouble(), Exact);
        }
    }

    [Fact]
    public void Sign_flips_agree()
    {
        foreach (var expected in Expected.GetProperty("sign_flips").EnumerateArray())
        {
            var scores = Table(expected, "scores");
            double[] Column(int k) => [.. scores.Select(r => r[k])];
            var systems = scores[0].Length;
            var results = SignFlipTest.OfAll(
                [.. from a in Enumerable.Range(0, systems) from b in Enumerable.Range(a + 1, systems - a - 1) select ((IReadOnlyList<double>)Column(a), (IReadOnlyList<double>)Column(b))]);
            Same([.. results.Select(r => r.Result.PValue)], Numbers(expected, "alone"));
            Same([.. results.Select(r => r.AdjustedPValue)], Numbers(expected, "among"));
            results.ShouldAllBe(r => r.Result.Exact && r.Result.Count == scores.Length);
            var t = PairedTTest.Of(Column(0), Column(1));
            results[0].Result.Statistic.ShouldBe(t.MeanDifference, Exact);
            results[0].Result.EffectSize.ShouldBe(t.EffectSize, Exact);
        }
    }

    [Fact]
    public void Holms_correction_agrees()
    {
        foreach (var row in Expected.GetProperty("holm").EnumerateArray())
        {
            Same(HolmCorrection.Adjust(Numbers(row[0])), Numbers(row[1]));
        }
    }

    [Fact]
    public void Power_and_the_smallest_difference_agree()
    {
        foreach (var expected in Expected.GetProperty("power").EnumerateArray())
        {
            var (n, alpha, power) = (expected.GetProperty("n").GetInt32(), Number(expected, "alpha"), Number(expected, "power"));
            var smallest = SmallestDifference.Of(n, 0.1, alpha, power);
            smallest.Difference.ShouldBe(0.1 * Number(expected, "difference"), Exact);
            SmallestDifference.PowerAt(smallest.Difference, n, 0.1, alpha).ShouldBe(power, Exact);
            foreach (var row in expected.GetProperty("power_at").EnumerateArray())
            {
                SmallestDifference.PowerAt(-0.2 * row[0].GetDouble(), n, 0.2, alpha).ShouldBe(row[1].GetDouble(), Exact);
            }
        }
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Numbers(JsonElement element, string name) => Numbers(element.GetProperty(name));

    private static double[][] Table(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(Numbers)];

    private static void Same(IReadOnlyList<double> actual, double[] expected)
    {
        actual.Count.ShouldBe(expected.Length);
        foreach (var (value, wanted) in actual.Zip(expected))
        {
            value.ShouldBe(wanted, Exact);
        }
    }
}
