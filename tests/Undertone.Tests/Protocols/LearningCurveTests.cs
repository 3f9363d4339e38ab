using FsCheck;
using FsCheck.Fluent;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Tests.Experiments;
using static Undertone.Tests.Protocols.ProtocolTests;

namespace Undertone.Tests.Protocols;

public sealed class LearningCurveTests
{
    private static readonly ValidationOptions One = new() { Speakers = 1 };

    [Theory]
    [InlineData("utterances")]
    [InlineData("speakers")]
    public void Shares_are_nested_and_leave_test_and_validation_alone(string by)
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), number =>
        {
            var seed = number.Get % 1000;
            var corpus = TestCorpora.Balanced(3 + (seed % 9), 2 + (seed % 3), 3);
            var whole = new LeaveOneSpeakerOut().Splits(corpus, One, seed);
            var entries = ProtocolCatalog.Entries("learning-curve", Map(("of", "loso"), ("by", by), ("seed", seed)), null);
            var before = whole.Select(_ => new HashSet<string>()).ToList();
            foreach (var entry in entries)
            {
                var share = ((LearningCurve)entry.Protocol).Point.Share;
                var splits = entry.Protocol.Splits(corpus, One, seed);
                LeakageAudit.Require(entry.Protocol, splits, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
                for (var i = 0; i < splits.Count; i++)
                {
                    splits[i].Fold.ShouldBe(whole[i].Fold);
                    splits[i].Test.ShouldBe(whole[i].Test);
                    splits[i].Validation.ShouldBe(whole[i].Validation);
                    var now = splits[i].Train.Select(u => u.Id).ToHashSet();
                    before[i].IsSubsetOf(now).ShouldBeTrue();
                    now.IsSubsetOf(whole[i].Train.Select(u => u.Id)).ShouldBeTrue();
                    splits[i].Train.Select(u => u.Emotion).Distinct().Count().ShouldBe(corpus.Classes.Count);
                    var units = (Func<Utterance, string>)(u => by == "speakers" ? u.Speaker : u.Emotion + u.Id);
                    var (part, all) = (Count(splits[i].Train), Count(whole[i].Train));
                    part.ShouldBeInRange((int)(share * all / 100.0) - corpus.Classes.Count, (int)Math.Ceiling(share * all / 100.0) + corpus.Classes.Count);
                    before[i] = now;

                    int Count(IReadOnlyList<Utterance> utterances) => utterances.Select(units).Distinct().Count();
                }
            }

            before.Zip(whole).ShouldAllBe(p => p.First.SetEquals(p.Second.Train.Select(u => u.Id)));
            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), property);
    }

    [Fact]
    public void Utterances_are_cut_class_by_class()
    {
        var curve = new LearningCurve(new LeaveOneSpeakerOut(), 25);
        foreach (var split in curve.Splits(TestCorpora.Balanced(11, 3, 4), new() { Speakers = 0 }, 0))
        {
            split.Train.CountBy(u => u.Emotion).Select(c => c.Value).ShouldBe([10, 10, 10]);
        }

        var least = new LearningCurve(new LeaveOneSpeakerOut(), 1).Splits(TestCorpora.Balanced(5), new() { Speakers = 0 }, 0);
        least.ShouldAllBe(s => s.Train.Count == 3);
    }

    [Fact]
    public void Speakers_are_taken_until_no_class_is_missing()
    {
        var corpus = TestCorpora.Of(
        [
            .. Enumerable.Range(1, 9).Select(s => TestCorpora.Utterance($"{s:00}", "common")),
            TestCorpora.Utterance("08", "rare"),
            TestCorpora.Utterance("09", "rare"),
        ]);
        for (var seed = 0; seed < 10; seed++)
        {
            var splits = new LearningCurve(new LeaveOneSpeakerOut(), 1, bySpeakers: true, seed).Splits(corpus, new() { Speakers = 0 }, 0);
            splits.ShouldAllBe(s => s.Train.Any(u => u.Emotion == "rare"));
        }
    }

    [Fact]
    public void Another_seed_keeps_other_utterances()
    {
        var corpus = TestCorpora.Balanced(8, 3, 4);
        string Train(int seed) => string.Join(' ', new LearningCurve(new LeaveOneSpeakerOut(), 25, false, seed).Splits(corpus, One, 0)[0].Train.Select(u => u.Id));
        Train(0).ShouldBe(Train(0));
        Train(0).ShouldNotBe(Train(1));
    }

    [Fact]
    public void A_name_tells_the_point()
    {
        foreach (var point in new[] { new LearningCurvePoint("loso", 5, false, 0), new("loso", 100, false, 12), new("speaker-groups-5-s1", 50, true, 3), new("my-share-010", 1, true, 0) })
        {
            LearningCurvePoint.TryParse(point.ToString()).ShouldBe(point);
        }

        new LearningCurvePoint("loso", 5, false, 0).ToString().ShouldBe("loso-share-005");
        new LearningCurvePoint("loso", 5, true, 2).Curve.ShouldBe("loso-speaker-share-s2");
        foreach (var other in new[] { "loso", "loso-share-5", "loso-share-101", "loso-share-000", "-share-", "x-share-005y" })
        {
            LearningCurvePoint.TryParse(other).ShouldBeNull();
        }
    }

    [Fact]
    public void An_experiment_has_one_protocol_for_each_share()
    {
        var text = RunFixture.File.Replace("[loso]", "[loso, { kind: learning-curve, of: { kind: leave-speakers-out, groups: 2 }, shares: [50, 10] }]");
        var experiment = ExperimentFile.Parse("e.yaml", text, RunFixture.Systems);
        experiment.Protocols.Select(p => p.Protocol.Name).ShouldBe(["loso", "speaker-groups-2-share-010", "speaker-groups-2-share-050"]);
        var resolved = ResolvedExperiment.Write(experiment);
        var back = ExperimentFile.Parse("e.yaml", resolved, RunFixture.Systems);
        ResolvedExperiment.Write(back).ShouldBe(resolved);
        var corpora = new Dictionary<string, CorpusData> { ["emodb"] = RunFixture.Corpus() };
        var trials = TrialGrid.Build(experiment, corpora);
        trials.Select(t => t.Name).ShouldContain("emodb.guess.speaker-groups-2-share-010-1.seed-0");
        trials.Select(t => t.Spec().Hash()).ShouldBe(TrialGrid.Build(back, corpora).Select(t => t.Spec().Hash()));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Refused(Map(), "of is missing");
        Refused(Map(("of", "losso")), "unknown protocol 'losso'", "did you mean 'loso'?");
        Refused(Map(("of", "loso"), ("shares", L(5, 0))), "whole percentages from 1 to 100");
        Refused(Map(("of", "loso"), ("shares", L(5, 5))), "each once");
        Refused(Map(("of", "loso"), ("by", "words")), "by is 'words'", "utterances, speakers");
        Refused(Map(("of", "loso"), ("share", 5)), "unknown parameter 'share'", "did you mean 'shares'?");
        Refused(Map(("of", Map(("kind", "learning-curve"), ("of", "loso"), ("shares", L(5))))), "a learning curve itself");
        Should.Throw<UndertoneException>(() => ProtocolCatalog.Create("learning-curve", Map(("of", "loso")))).Message.ShouldContain("several shares");
        Should.Throw<UndertoneException>(() => ExperimentFile.Parse(
            "e.yaml", RunFixture.File.Replace("[loso]", "[{ kind: learning-curve, of: loso }, { kind: learning-curve, of: loso, shares: [5] }]"), RunFixture.Systems))
            .Message.ShouldContain("'loso-share-005' stands twice in protocols");

        static void Refused(Dictionary<string, object?> values, params string[] parts)
        {
            var message = Should.Throw<UndertoneException>(() => ProtocolCatalog.Entries("learning-curve", values, null)).Message;
            parts.ShouldAllBe(p => message.Contains(p));
        }
    }
}
