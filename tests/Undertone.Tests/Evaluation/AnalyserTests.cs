using Undertone.Evaluation;
using Undertone.Evaluation.Analysers;
using Undertone.Protocols;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Evaluation;

public sealed class AnalyserTests
{
    private static readonly ClassificationScores Perfect = Scores(("a", "a", "01"), ("b", "b", "01"), ("a", "a", "02"), ("b", "b", "02"));
    private static readonly ClassificationScores OnlyA = Scores(("a", "a", "01"), ("b", "a", "01"), ("a", "a", "02"), ("b", "a", "02"));

    [Fact]
    public void Names_are_unique_and_a_good_result_is_left_in_peace()
    {
        AnalyserCatalog.All.Select(a => a.Name).ShouldBeUnique();
        var corpus = TestCorpora.Balanced(6);
        AnalyserCatalog.Analyse(new AnalysisInput
        {
            Test = Perfect,
            Interval = new Interval(1, 0.9, 1, 0.95, 2),
            Validation = Perfect,
            Corpus = corpus,
            Splits = new LeaveOneSpeakerOut().Splits(corpus, new(), 0),
        }).ShouldBeEmpty();
    }

    [Fact]
    public void A_class_that_is_never_predicted()
    {
        var finding = new ClassNeverPredicted().Analyse(new AnalysisInput { Test = OnlyA }).ShouldHaveSingleItem();
        finding.Level.ShouldBe(FindingLevel.Warning);
        finding.Message.ShouldStartWith("'b' is never predicted, though 2 test utterances");
    }

    [Fact]
    public void An_interval_that_reaches_chance()
    {
        var analyser = new IntervalReachesChance();
        analyser.Analyse(new AnalysisInput { Test = OnlyA, Interval = new Interval(0.5, 0.5, 0.6, 0.95, 2) }).ShouldHaveSingleItem().Message.ShouldContain("50.0 %");
        analyser.Analyse(new AnalysisInput { Test = OnlyA, Interval = new Interval(0.6, 0.51, 0.7, 0.95, 2) }).ShouldBeEmpty();
        analyser.Analyse(new AnalysisInput { Test = OnlyA }).ShouldBeEmpty();
    }

    [Fact]
    public void Validation_far_above_test()
    {
        var analyser = new ValidationAboveTest();
        analyser.Analyse(new AnalysisInput { Test = OnlyA, Validation = Perfect, Interval = new Interval(0.5, 0.4, 0.6, 0.95, 2) })
            .ShouldHaveSingleItem().Message.ShouldContain("validation UAR 100.0 % lies far above test UAR 50.0 %");
        analyser.Analyse(new AnalysisInput { Test = OnlyA, Validation = OnlyA }).ShouldBeEmpty();
        analyser.Analyse(new AnalysisInput { Test = Perfect, Validation = OnlyA }).ShouldBeEmpty();
        analyser.Analyse(new AnalysisInput { Test = OnlyA, Validation = Perfect, Interval = new Interval(0.5, 0.1, 1, 0.95, 2) }).ShouldBeEmpty();
    }

    [Fact]
    public void Speakers_with_one_class()
    {
        var corpus = TestCorpora.Of([.. TestCorpora.Balanced(4).Utterances.Where(u => u.Speaker != "03" || u.Emotion == "class1")]);
        new SpeakerEmotionConfounded().Analyse(new AnalysisInput { Test = Perfect, Corpus = corpus })
            .ShouldHaveSingleItem().Message.ShouldContain("1 of 4 speakers have one class only (03: class1)");
    }

    [Fact]
    public void Folds_that_lack_a_class()
    {
        var corpus = TestCorpora.Of([.. TestCorpora.Balanced(5).Utterances.Where(u => u.Speaker is not ("02" or "04") || u.Emotion != "class2")]);
        var findings = new FoldLacksClass().Analyse(new AnalysisInput { Test = Perfect, Splits = new LeaveOneSpeakerOut().Splits(corpus, new() { Speakers = 0 }, 0) });
        findings.ShouldHaveSingleItem().Message.ShouldContain("no 'class2' in the test part of fold 02, 04");
        findings[0].Level.ShouldBe(FindingLevel.Note);
    }

    private static ClassificationScores Scores(params (string True, string Predicted, string Speaker)[] rows) =>
        ClassificationScores.From([.. rows.Select((r, i) => ClassificationScoresTests.Row(i, r.True, r.Predicted, r.Speaker))]);
}
