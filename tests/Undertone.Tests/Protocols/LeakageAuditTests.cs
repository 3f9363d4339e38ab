using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Tests.Protocols;

public sealed class LeakageAuditTests
{
    private static readonly Utterance A = TestCorpora.Utterance("01", "x", "t0");
    private static readonly Utterance B = TestCorpora.Utterance("02", "x", "t0");
    private static readonly Utterance C = TestCorpora.Utterance("03", "y", "t1");

    [Fact]
    public void Clean_splits_are_independent_and_shared_sentences_do_not_change_that()
    {
        var audit = LeakageAudit.Of([new Split("1", [A], [C], [B])], adapted: false);
        audit.Badge.ToString().ShouldBe("speaker-independent");
        audit.Folds[0].TrainTest.Sentences.ShouldBe(["t0"]);
        audit.Folds[0].ValidationTest.Sentences.ShouldBeEmpty();
        audit.Folds[0].TrainTest.Leaks.ShouldBeFalse();
        LeakageAudit.Of([new Split("1", [A], [C], [B])], adapted: true).Badge.ToString().ShouldBe("speaker-independent, adapted");
    }

    [Fact]
    public void A_shared_speaker_leaks_from_training_and_from_validation()
    {
        var other = TestCorpora.Utterance("02", "y", "t5");
        foreach (var split in new[] { new Split("1", [A, other], [C], [B]), new Split("1", [A], [other], [B]) })
        {
            var audit = LeakageAudit.Of([split], adapted: false);
            audit.Badge.ToString().ShouldBe("speaker-dependent");
            audit.Folds[0].TrainTest.Speakers.Concat(audit.Folds[0].ValidationTest.Speakers).ShouldBe(["02"]);
        }

        var inside = LeakageAudit.Of(new Split("1", [A, other], [TestCorpora.Utterance("02", "x", "t9")], [C]));
        inside.TrainValidation.Speakers.ShouldBe(["02"]);
        inside.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
    }

    [Fact]
    public void Identical_audio_under_two_speakers_leaks()
    {
        var copy = B with { Id = "copy", Speaker = "09", AudioHash = A.AudioHash };
        var audit = LeakageAudit.Of([new Split("1", [C], [], [B]), new Split("2", [A], [], [copy])], adapted: false);
        audit.Badge.Kind.ShouldBe(BadgeKind.SpeakerDependent);
        audit.Folds.Select(f => f.Kind).ShouldBe([BadgeKind.SpeakerIndependent, BadgeKind.SpeakerDependent]);
        audit.Folds[1].TrainTest.Audio.ShouldBe([new SharedAudio(A.Id, "copy", SameSpeaker: false)]);
    }

    [Fact]
    public void The_same_utterance_in_both_leaks()
    {
        var overlap = LeakageAudit.Of(new Split("1", [A], [], [A])).TrainTest;
        overlap.Utterances.ShouldBe([A.Id]);
        overlap.Audio.ShouldBeEmpty();
        overlap.Leaks.ShouldBeTrue();
    }

    [Fact]
    public void Audio_that_was_not_read_is_counted_and_not_taken_for_identical()
    {
        var audit = LeakageAudit.Of(new Split("1", [A with { AudioHash = "" }], [], [B with { AudioHash = "" }]));
        audit.Unheard.ShouldBe(2);
        audit.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
    }

    [Fact]
    public void Another_corpus_is_cross_corpus_even_where_speakers_have_the_same_number()
    {
        var foreign = TestCorpora.Utterance("02", "x", "t0", corpus: "other");
        var audit = LeakageAudit.Of([new Split("1", [A], [C], [foreign])], adapted: true);
        audit.Badge.ToString().ShouldBe("cross-corpus, adapted");
        LeakageAudit.Of([new Split("1", [A], [C], [foreign]), new Split("2", [A], [], [B])], adapted: false).Badge.Kind
            .ShouldBe(BadgeKind.SpeakerIndependent);

        var copied = LeakageAudit.Of(new Split("1", [A], [], [foreign with { AudioHash = A.AudioHash }]));
        copied.Kind.ShouldBe(BadgeKind.SpeakerDependent);
        copied.TrainTest.Audio.Single().Second.ShouldBe("other/02-x-t0");
    }

    [Fact]
    public void Actors_who_speak_in_one_corpus_and_sing_in_another_are_the_same_people()
    {
        var spoken = TestCorpora.Utterance("07", "x", corpus: "ravdess");
        var sung = TestCorpora.Utterance("07", "x", corpus: "ravdess-song");
        var audit = LeakageAudit.Of(new Split("1", [spoken], [], [sung]));
        audit.Kind.ShouldBe(BadgeKind.SpeakerDependent);
        audit.TrainTest.Speakers.ShouldBe(["ravdess/07"]);
        LeakageAudit.Of(new Split("1", [spoken with { Speaker = "08" }], [], [sung])).Kind.ShouldBe(BadgeKind.CrossCorpus);
    }

    [Fact]
    public void Near_identical_audio_leaks_within_its_corpus()
    {
        var (a, b) = (A with { AudioGroup = "g" }, B with { AudioGroup = "g" });
        var overlap = LeakageAudit.Of(new Split("1", [a, C], [], [b])).TrainTest;
        overlap.NearAudio.ShouldBe([new SharedAudio(A.Id, B.Id, SameSpeaker: false)]);
        overlap.Leaks.ShouldBeTrue();
        LeakageAudit.Of(new Split("1", [a], [b], [C])).Kind.ShouldBe(BadgeKind.SpeakerIndependent);
        LeakageAudit.Of(new Split("1", [a], [], [b with { AudioHash = a.AudioHash }])).TrainTest.NearAudio.ShouldBeEmpty();
    }

    [Fact]
    public void A_broken_claim_is_refused_and_an_honest_leak_is_badged()
    {
        var leaky = new RandomKFold(3).Splits(TestCorpora.Balanced(4), new ValidationOptions { Speakers = 0 }, 0);
        LeakageAudit.Require(new RandomKFold(3), leaky, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerDependent);
        var message = Should.Throw<UndertoneException>(() => LeakageAudit.Require(new LeaveOneSpeakerOut(), leaky, adapted: false)).Message;
        message.ShouldContain("'loso' claims speaker independence");
        message.ShouldContain("fold '1'");
        message.ShouldContain("'01'");
    }

    [Theory]
    [InlineData("speaker-independent")]
    [InlineData("speaker-dependent, adapted")]
    [InlineData("cross-corpus, adapted")]
    public void Badges_are_read_as_written(string text) => Badge.Parse(text).ToString().ShouldBe(text);

    [Fact]
    public void An_unknown_badge_is_refused() =>
        Should.Throw<UndertoneException>(() => Badge.Parse("speaker-independant")).Message.ShouldContain("did you mean 'speaker-independent'");
}
