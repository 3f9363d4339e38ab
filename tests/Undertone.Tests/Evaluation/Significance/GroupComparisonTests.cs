using Undertone.Evaluation;
using Undertone.Evaluation.Fairness;
using Undertone.Evaluation.Metrics;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>Groups, gaps and equal opportunity: intervals against NumPy on the same draws (bootstrap.py), and what was decided for small groups.</summary>
public sealed class GroupComparisonTests
{
    private static readonly GroupAttributes Attributes = With((id, i) => new() { ["gender"] = BootstrapReference.Gender[id], ["age"] = i < 80 ? "24.5" : "31", ["language"] = i < 155 ? "German" : "" });

    [Fact]
    public void Groups_gap_and_recalls_agree_with_numpy()
    {
        var result = Compare("gender");
        var expected = BootstrapReference.Expected;
        result.Groups.Select(g => g.Group).ShouldBe(["female", "male"]);
        foreach (var group in result.Groups)
        {
            group.Utterances.ShouldBe(80);
            group.Speakers.ShouldBe(4);
            group.TooFew.ShouldBeFalse();
            BootstrapReference.ShouldBe(group.Interval, expected.GetProperty("groups").GetProperty(group.Group));
            group.Score.ShouldBe(new UnweightedAverageRecall().Evaluate([.. BootstrapReference.First.Where(r => BootstrapReference.Gender[r.Utterance] == group.Group)], BootstrapReference.Classes), 1e-12);
        }

        var anger = result.Classes.Single(c => c.Class == "anger");
        BootstrapReference.ShouldBe(anger.Recalls[0].Interval, expected.GetProperty("groups").GetProperty("female-anger"));
        Gap(result.Gap, expected.GetProperty("female less male"));
        Gap(anger.Gap, expected.GetProperty("female less male, anger"));
        result.Classes.Select(c => c.Class).ShouldBe(BootstrapReference.Classes);

        static void Gap(GroupGap? gap, System.Text.Json.JsonElement expected)
        {
            gap.ShouldNotBeNull();
            gap.Value.ShouldBeGreaterThanOrEqualTo(0);
            var sign = gap.Best == "female" ? 1 : -1;
            var (low, high) = (sign * expected[0].GetDouble(), sign * expected[1].GetDouble());
            gap.Interval!.Low.ShouldBe(Math.Min(low, high), 1e-9);
            gap.Interval.High.ShouldBe(Math.Max(low, high), 1e-9);
        }
    }

    [Fact]
    public void For_a_loss_the_best_group_has_the_least()
    {
        var gap = GroupComparison.Of(BootstrapReference.First, BootstrapReference.Classes, Attributes, "gender", MetricCatalog.Default.Get("brier")).Gap!;
        gap.Value.ShouldBeLessThanOrEqualTo(0);
        gap.Best.ShouldNotBe(gap.Worst);
    }

    [Fact]
    public void Ages_are_grouped_by_decade_and_unknown_values_are_counted()
    {
        Compare("age").Groups.Select(g => g.Group).ShouldBe(["20-29", "30-39"]);
        var language = Compare("language");
        language.Groups.ShouldHaveSingleItem().Utterances.ShouldBe(155);
        language.Gap.ShouldBeNull();
        language.Unknown.ShouldBe(5);
    }

    [Fact]
    public void Small_groups_are_marked_and_left_out_of_the_gap()
    {
        var attributes = With((_, i) => new() { ["dialect"] = i < 5 ? "rare" : i < 20 ? "one speaker" : i < 90 ? "north" : "south" });
        var result = GroupComparison.Of(BootstrapReference.First, BootstrapReference.Classes, attributes, "dialect");
        result.Groups.Where(g => g.TooFew).Select(g => g.Group).ShouldBe(["one speaker", "rare"]);
        result.Groups.Single(g => g.Group == "rare").Interval.ShouldBeNull();
        result.Gap.ShouldNotBeNull();
        new[] { result.Gap.Best, result.Gap.Worst }.ShouldBe(["north", "south"], ignoreOrder: true);
    }

    [Fact]
    public void One_speaker_has_groups_without_intervals()
    {
        var rows = BootstrapReference.First.Where(r => r.Speaker == "s00").ToList();
        var result = GroupComparison.Of(rows, BootstrapReference.Classes, Attributes, "gender");
        result.Groups.ShouldHaveSingleItem().Interval.ShouldBeNull();
        result.Groups[0].TooFew.ShouldBeTrue();
        result.Gap.ShouldBeNull();
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var turned = GroupComparison.Of(
            [.. BootstrapReference.First.Reverse()], BootstrapReference.Classes, Attributes, "gender", options: new() { Bootstrap = BootstrapReference.Options });
        turned.Groups.ShouldBe(Compare("gender").Groups);
        turned.Gap.ShouldBe(Compare("gender").Gap);
    }

    [Fact]
    public void An_unknown_attribute_is_refused_with_the_nearest()
    {
        Should.Throw<UndertoneException>(() => Compare("gendre")).Message.ShouldContain("gender");
        var strange = new GroupAttributes(new Dictionary<string, IReadOnlyDictionary<string, string>> { ["x"] = new Dictionary<string, string> { ["gender"] = "f" } });
        Should.Throw<UndertoneException>(() => GroupComparison.Of(BootstrapReference.First, BootstrapReference.Classes, strange, "gender")).Message.ShouldContain("utterance ids");
    }

    private static GroupComparison Compare(string attribute) =>
        GroupComparison.Of(BootstrapReference.First, BootstrapReference.Classes, Attributes, attribute, options: new() { Bootstrap = BootstrapReference.Options });

    private static GroupAttributes With(Func<string, int, Dictionary<string, string>> attributes) =>
        new(BootstrapReference.First.Select((r, i) => (r.Utterance, i)).ToDictionary(p => p.Utterance, p => (IReadOnlyDictionary<string, string>)attributes(p.Utterance, p.i)));
}
