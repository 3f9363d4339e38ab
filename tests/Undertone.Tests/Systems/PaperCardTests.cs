using Undertone.Systems;

namespace Undertone.Tests.Systems;

public sealed class PaperCardTests
{
    public static TheoryData<string> Published => [.. SystemCatalog.Default.All.Where(s => s.Paper is not null).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Published))]
    public void A_card_says_how_it_is_split_and_tunes_settings_that_exist(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        var paper = system.Paper!;
        (paper.Split is not null || paper.Reported.Count == 0).ShouldBeTrue();
        paper.Reported.ShouldAllBe(r => (r.Measure == "accuracy" || r.Measure == "UAR") && r.Percent > 0 && r.Percent <= 100 && r.Source.Length > 0);
        SettingPath.Problems(paper.Tune(system.Defaults)).ShouldBeEmpty();
        paper.Tuned.Keys.ShouldNotContain("normalisation");
    }

    [Fact]
    public void Splits_are_told_in_words()
    {
        SystemCatalog.Default.Get("deep-net-2020").Paper!.Split!.ToString().ShouldBe("30 % of the utterances tested, drawn at random, speakers in training and test both");
        SystemCatalog.Default.Get("key-segment-bilstm-2020").Paper!.Split!.ToString().ShouldBe(
            "20 % of the utterances tested, drawn at random, speakers in training and test both; the paper's 5-fold cross-validation, one fold of it a draw (ours: the paper's own split was not seen)");
    }
}
