using Undertone.Corpora;
using Undertone.Tests.Protocols;
using Undertone.Training;

namespace Undertone.Tests.Corpora;

public class LearningTargetTests
{
    private static CorpusData Rated => Change(TestCorpora.Balanced(3), (u, i) => u with
    {
        Arousal = i % 5 == 0 ? null : i,
        Valence = -i,
        Intensity = i % 3 == 0 ? null : i % 2 == 0 ? "strong" : "normal",
    });

    [Fact]
    public void TheEmotionLeavesACorpusAsItIs()
    {
        var corpus = TestCorpora.Balanced(3);
        LearningTarget.Emotion.Apply(corpus).ShouldBeSameAs(corpus);
        LearningTarget.Of(["emotion"]).IsEmotion.ShouldBeTrue();
        TrainingTask.Of(corpus).Classes.ShouldBe(corpus.Classes);
        TrainingTask.Of(corpus).IsOrdered.ShouldBeFalse();
    }

    [Fact]
    public void ARegressionKeepsTheUtterancesThatHaveAllItsValues()
    {
        var corpus = LearningTarget.Of(["valence", "arousal"]).Apply(Rated);

        corpus.Utterances.Count.ShouldBe(14);
        corpus.Target!.LeftOut.ShouldBe(4);
        corpus.Utterances.ShouldAllBe(u => u.Arousal != null);
        corpus.Classes.ShouldBe(Rated.Classes); // emotions still part a corpus into folds
        TrainingTask.Of(corpus).Targets.ShouldBe(["valence", "arousal"]);
        TrainingTask.Of(corpus).Outputs.ShouldBe(2);
        TrainingTask.Of(corpus).IsOrdered.ShouldBeFalse();
    }

    [Fact]
    public void AnIntensityIsAClassFromWeakToStrong()
    {
        var corpus = LearningTarget.Of(["intensity"]).Apply(Rated);

        corpus.Classes.ShouldBe(["normal", "strong"]);
        corpus.Target!.LeftOut.ShouldBe(6);
        corpus.Utterances.ShouldAllBe(u => u.Emotion == u.Intensity);
        TrainingTask.Of(corpus).Classes.ShouldBe(["normal", "strong"]);
        TrainingTask.Of(corpus).IsOrdered.ShouldBeTrue();
    }

    [Fact]
    public void ItsFingerprintFollowsTheValues()
    {
        var target = LearningTarget.Of(["valence"]);
        var first = target.Apply(Rated).Target!.Fingerprint;

        target.Apply(Rated).Target!.Fingerprint.ShouldBe(first);
        target.Apply(Change(Rated, (u, i) => i == 7 ? u with { Valence = 0.5 } : u)).Target!.Fingerprint.ShouldNotBe(first);
        target.Apply(Change(Rated, (u, i) => i == 7 ? u with { Arousal = 0.5 } : u)).Target!.Fingerprint.ShouldBe(first);
    }

    [Theory]
    [InlineData("dominance", "target: the corpus 'made-up' has no dominance, so it cannot be learned; it has emotion, intensity, arousal, valence.")]
    [InlineData("valence,dominance", "target: the corpus 'made-up' has no dominance, so it cannot be learned; it has emotion, intensity, arousal, valence.")]
    public void ACorpusWithoutItIsRefusedWithWhatItHas(string columns, string message) =>
        Should.Throw<UndertoneException>(() => LearningTarget.Of(columns.Split(',')).Apply(Rated)).Message.ShouldBe(message);

    [Fact]
    public void NothingToLearnIsRefused()
    {
        var one = Change(TestCorpora.Balanced(3), (u, _) => u with { Intensity = "strong" });
        Should.Throw<UndertoneException>(() => LearningTarget.Intensity.Apply(one)).Message
            .ShouldBe("target: all utterances of the corpus 'made-up' that have an intensity have the same, 'strong', so there is nothing to learn.");
        var apart = Change(TestCorpora.Balanced(3), (u, i) => i % 2 == 0 ? u with { Arousal = 1 } : u with { Valence = 1 });
        Should.Throw<UndertoneException>(() => LearningTarget.Of(["arousal", "valence"]).Apply(apart)).Message
            .ShouldBe("target: no utterance of the corpus 'made-up' has arousal and valence together; choose fewer targets.");
    }

    [Theory]
    [InlineData("arousel", "there is no target 'arousel'; did you mean 'arousal'?")]
    [InlineData("arousal,arousal", "the target 'arousal' is given twice; expected it once.")]
    [InlineData("arousal,emotion", "the target 'emotion' is a class and cannot stand beside others; expected target: emotion, or a list of arousal, valence, dominance.")]
    public void ImpossibleTargetsAreRefused(string columns, string message) =>
        Should.Throw<UndertoneException>(() => LearningTarget.Of(columns.Split(','))).Message.ShouldBe(message);

    private static CorpusData Change(CorpusData corpus, Func<Utterance, int, Utterance> change) => corpus with { Utterances = [.. corpus.Utterances.Select(change)] };
}
