using Undertone.Evaluation;
using Undertone.Protocols;
using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class CrossCorpusMatrixTests
{
    private static readonly string[] Classes = ["anger", "neutral"];

    [Fact]
    public void PairsAreNeverPooledAndTheMeanGivesEachTheSameWeight()
    {
        // Right rows of ten: urdu has far more speakers than emodb, and would outweigh it if rows were pooled.
        ReportTrial[] trials = [Trial("a", "emodb", "urdu", 2, right: 10), Trial("a", "urdu", "emodb", 20, right: 5)];
        var results = ResultCalculator.Of(trials);
        results.Select(r => (r.Corpus, r.Protocol)).ShouldBe([("emodb", "cross-corpus-urdu-to-emodb"), ("urdu", "cross-corpus-emodb-to-urdu")]);
        var matrix = CrossCorpusMatrix.Of(results).ShouldHaveSingleItem();
        matrix.Pairs.Select(p => p.ToString()).ShouldBe(["urdu → emodb", "emodb → urdu"]);
        var row = matrix.Rows.ShouldHaveSingleItem();
        row.Results.Select(r => r!.Uar.Estimate).ShouldBe([0.5, 1.0]);
        row.Uar.Estimate.ShouldBe(0.75, 1e-12);
        row.Chance.ShouldBe(0.5);
        matrix.Headline.ShouldStartWith("a: 75.0 % UAR [75.0, 75.0], the mean over 2 ordered pairs (cross-corpus)");
    }

    [Fact]
    public void ASystemThatLacksAPairIsNotNamedBestAndSaysSo()
    {
        ReportTrial[] trials = [Trial("a", "emodb", "urdu", 2, right: 5), Trial("a", "urdu", "emodb", 2, right: 5), Trial("b", "urdu", "emodb", 2, right: 10)];
        var matrix = CrossCorpusMatrix.Of(ResultCalculator.Of(trials)).ShouldHaveSingleItem();
        matrix.Best!.Label.ShouldBe("a");
        matrix.Rows[1].Missing.ShouldBe(1);
        matrix.Rows[1].Results.Count(r => r is null).ShouldBe(1);
    }

    [Fact]
    public void BadgesHaveTablesOfTheirOwnAndLeaveOneCorpusOutHasItsTrainingSide()
    {
        ReportTrial[] trials =
        [
            Trial("a", "emodb", "urdu", 2, 5), Trial("a", "emodb", "urdu", 2, 5) with { Badge = new Badge(BadgeKind.CrossCorpus, true), Name = "x" },
            Trial("a", "emodb", "urdu", 2, 5) with { Protocol = "leave-one-corpus-out", ProtocolKind = "leave-one-corpus-out", Fold = "urdu", Name = "y" },
            Trial("a", "emodb", "urdu", 2, 5) with { Protocol = "loso", ProtocolKind = "loso", Fold = "03", Name = "z" },
        ];
        var matrices = CrossCorpusMatrix.Of(ResultCalculator.Of(trials));
        matrices.Select(m => (m.Protocol, m.Badge.ToString())).ShouldBe(
            [("cross-corpus", "cross-corpus"), ("cross-corpus", "cross-corpus, adapted"), ("leave-one-corpus-out", "cross-corpus")]);
        matrices[2].Pairs.ShouldHaveSingleItem().ToString().ShouldBe("all others → urdu");
    }

    [Fact]
    public void TheIntervalOfTheMeanDrawsTheSameSpeakersForAllModelsOfACorpus()
    {
        // Where one model is right, the other is wrong: their mean never moves, whoever is drawn.
        var right = Rows(4, i => i % 2 == 0);
        var wrong = Rows(4, i => i % 2 == 1);
        var interval = CrossCorpusBootstrap.MeanUar([("urdu", right), ("urdu", wrong)])!;
        interval.Estimate.ShouldBe(0.5, 1e-12);
        interval.Low.ShouldBe(0.5, 1e-12);
        interval.High.ShouldBe(0.5, 1e-12);

        // As two corpora they are drawn apart, and the mean moves.
        var apart = CrossCorpusBootstrap.MeanUar([("urdu", right), ("emodb", wrong)])!;
        (apart.High - apart.Low).ShouldBeGreaterThan(0.1);

        // With one pair it is the bootstrap of that pair.
        var one = CrossCorpusBootstrap.MeanUar([("urdu", right)], resamples: 20000)!;
        var alone = ClusterBootstrap.Uar(right, resamples: 20000)!;
        one.Estimate.ShouldBe(alone.Estimate, 1e-12);
        one.Low.ShouldBe(alone.Low, 0.02);
        one.High.ShouldBe(alone.High, 0.02);
        CrossCorpusBootstrap.MeanUar([("urdu", Rows(1, _ => true))]).ShouldBeNull();
    }

    private static List<PredictionRow> Rows(int speakers, Func<int, bool> right) =>
    [
        .. from s in Enumerable.Range(0, speakers)
           from c in Classes
           select new PredictionRow($"{s}-{c}", $"{s}", c, right(s) ? c : c == "anger" ? "neutral" : "anger", null),
    ];

    private static ReportTrial Trial(string system, string train, string test, int speakers, int right)
    {
        List<PredictionRow> rows =
        [
            .. from s in Enumerable.Range(0, speakers)
               from c in Classes
               from i in Enumerable.Range(0, 10)
               select new PredictionRow($"{s}-{c}-{i}", $"{s}", c, i < right ? c : c == "anger" ? "neutral" : "anger", null),
        ];
        return new ReportTrial
        {
            Name = $"{test}.{system}.{train}",
            Corpus = test,
            System = system,
            Protocol = "cross-corpus",
            ProtocolKind = "cross-corpus",
            Fold = $"{train}-to-{test}",
            Seed = 0,
            Badge = new Badge(BadgeKind.CrossCorpus, false),
            Test = new PredictionTable(Classes, rows),
            Validation = new PredictionTable(Classes, rows),
        };
    }
}
