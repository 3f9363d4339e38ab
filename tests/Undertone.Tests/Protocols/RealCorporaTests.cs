using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Analysers;
using Undertone.Protocols;
using Undertone.Testing;

namespace Undertone.Tests.Protocols;

/// <summary>The protocols on the corpora that they are for; by file names alone.</summary>
public sealed class RealCorporaTests
{
    [CorpusFact("emodb")]
    public void Emodb_has_ten_folds_and_validates_on_a_woman_and_a_man()
    {
        var corpus = Listed("emodb");
        var splits = ProtocolCatalog.Create("leave-one-speaker-out").Splits(corpus, new(), 0);
        splits.Select(s => s.Fold).ShouldBe(["03", "08", "09", "10", "11", "12", "13", "14", "15", "16"]);
        splits.Sum(s => s.Test.Count).ShouldBe(535);
        splits.ShouldAllBe(s => s.Validation.Select(u => u.Gender).Distinct().Count() == 2 && s.Validation.Select(u => u.Speaker).Distinct().Count() == 2);
        splits.ShouldAllBe(s => s.Validation.Select(u => u.Emotion).Distinct().Count() == 7);
        LeakageAudit.Of(splits, adapted: false).Badge.ToString().ShouldBe("speaker-independent");

        // The published gap: speaker 08 has no disgust.
        var findings = new FoldLacksClass().Analyse(new AnalysisInput { Test = Any(), Splits = splits });
        findings.ShouldContain(f => f.Message.Contains("no 'disgust' in the test part of fold 08"));

        var random = ProtocolCatalog.Create("random-k-fold").Splits(corpus, new(), 0);
        LeakageAudit.Of(random, adapted: true).Badge.ToString().ShouldBe("speaker-dependent, adapted");
    }

    [CorpusFact("ravdess")]
    public void Ravdess_has_its_published_folds()
    {
        var corpus = Listed("ravdess");
        var five = ProtocolCatalog.Create("ravdess-5").Splits(corpus, new(), 0);
        five.Select(s => s.Test.Count).ShouldBe([300, 300, 300, 300, 240]);
        var six = ProtocolCatalog.Create("ravdess-6").Splits(corpus, new(), 0);
        six.Select(s => s.Test.Count).ShouldBe([240, 240, 240, 240, 240, 240]);
        LeakageAudit.Require(LeaveSpeakersOut.Preset("ravdess-5"), five, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
    }

    [CorpusFact("urdu")]
    public void Urdu_confounds_speaker_and_emotion()
    {
        var corpus = Listed("urdu");
        var splits = LeaveSpeakersOut.Groups(5).Splits(corpus, new(), 0);
        splits.Sum(s => s.Test.Count).ShouldBe(corpus.Utterances.Count);
        LeakageAudit.Of(splits, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
        splits.ShouldAllBe(s => s.Train.Select(u => u.Emotion).Distinct().Count() == 4);
        new SpeakerEmotionConfounded().Analyse(new AnalysisInput { Test = Any(), Corpus = corpus }).ShouldHaveSingleItem();
    }

    [CorpusFact("emodb")]
    public void Emodb_parts_into_its_ten_sentences_and_into_speakers_and_sentences_at_once()
    {
        var corpus = Listed("emodb");
        var sentences = new SentenceIndependent();
        var splits = sentences.Splits(corpus, new(), 0);
        splits.Select(s => s.Fold).ShouldBe(["a01", "a02", "a04", "a05", "a07", "b01", "b02", "b03", "b09", "b10"]);
        LeakageAudit.Require(sentences, splits, adapted: false).Badge.ToString().ShouldBe("speaker-dependent");
        var both = new SentenceIndependent(5, 5);
        var crossed = both.Splits(corpus, new(), 0);
        crossed.Sum(s => s.Test.Count).ShouldBe(535);
        LeakageAudit.Require(both, crossed, adapted: false).Badge.ToString().ShouldBe("speaker-independent");
        crossed.ShouldAllBe(s => s.Train.Select(u => u.Emotion).Distinct().Count() == 7 && s.Validation.Count > 0);
        ProtocolTests.Text(ProtocolCatalog.Create("emodb-10").Splits(corpus, new(), 0)).ShouldBe(ProtocolTests.Text(new LeaveOneSpeakerOut().Splits(corpus, new(), 0)));
    }

    [CorpusFact("ravdess")]
    public void Ravdess_has_two_sentences_so_validation_is_by_speakers()
    {
        var splits = new SentenceIndependent(null, 6).Splits(Listed("ravdess"), new(), 0);
        splits.Count.ShouldBe(12);
        splits.ShouldAllBe(s => s.Validation.Select(u => u.Text).Distinct().Single() != s.Test[0].Text);
        LeakageAudit.Of(splits, adapted: false).Badge.ToString().ShouldBe("speaker-independent");
    }

    [CorpusFact("emodb")]
    public void Emodb_at_five_per_cent_keeps_every_class()
    {
        var splits = new LearningCurve(new LeaveOneSpeakerOut(), 5).Splits(Listed("emodb"), new(), 0);
        splits.ShouldAllBe(s => s.Train.Count < 30 && s.Train.Select(u => u.Emotion).Distinct().Count() == 7);
    }

    private static CorpusData Listed(string name)
    {
        var corpus = CorpusCatalog.Get(name);
        return new CorpusData(corpus.Card, corpus.List(CorpusLocator.Locate(corpus)), [], "");
    }

    private static ClassificationScores Any() => ClassificationScores.From([new PredictionRow("u", "01", "a", "a", null)]);
}
