using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Emotions.LabelSchemes;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Corpora;

public sealed class CorpusHarmonisationTests
{
    private static readonly CorpusData Corpus = TestCorpora.Of(
    [
        TestCorpora.Utterance("1", "boredom"), TestCorpora.Utterance("1", "sadness"), TestCorpora.Utterance("1", "excitement"),
        TestCorpora.Utterance("2", "happiness"), TestCorpora.Utterance("2", "anger"), TestCorpora.Utterance("2", "anger", "t1"),
    ]);

    [Fact]
    public void NativeLabelsLeaveTheCorpusAsItIs() => CorpusHarmonisation.Apply(Corpus, Harmonisation.None).ShouldBeSameAs(Corpus);

    [Fact]
    public void LabelsBecomeClassesAndTheOthersAreCounted()
    {
        var harmonised = CorpusHarmonisation.Apply(Corpus, new Harmonisation(new BigFour(), [], []));
        harmonised.Classes.ShouldBe(["anger", "happiness", "sadness"]);
        harmonised.Utterances.Select(u => u.Emotion).ShouldBe(["sadness", "happiness", "happiness", "anger", "anger"]);
        harmonised.Labels!.Scheme.ShouldBe("big-four");
        harmonised.Labels.Counts.ShouldBe(
        [
            new("boredom", null, 1), new("sadness", "sadness", 1), new("excitement", "happiness", 1), new("happiness", "happiness", 1), new("anger", "anger", 2),
        ]);
        harmonised.Labels.LeftOut.ShouldBe([new LabelCount("boredom", null, 1)]);
        harmonised.Card.Classes.Select(c => (c.Key, c.Value)).ShouldBe([("anger", 1), ("happiness", 2), ("neutral", 0), ("sadness", 1)]);
        harmonised.Fingerprint.ShouldBe(Corpus.Fingerprint);
    }

    [Fact]
    public void VotesAreBroughtToTheClassesToo()
    {
        var voted = TestCorpora.Of([TestCorpora.Utterance("1", "happiness") with { Votes = EmotionVotes.Parse("excitement*2;happiness*3;pride*1;neutral*1") }]);
        var votes = CorpusHarmonisation.Apply(voted, new Harmonisation(new BigFour(), [new(null, "neutral", null)], [])).Utterances[0].Votes!;
        votes.Counts.Select(c => (c.Key, c.Value)).ShouldBe([("happiness", 5), ("other", 1), ("pride", 1)]);
    }

    [Fact]
    public void NativeLabelsWithARowOfOnesOwnKeepTheCorpusOrder()
    {
        var harmonised = CorpusHarmonisation.Apply(Corpus, new Harmonisation(new Native(), [new(null, "boredom", "neutral"), new(null, "excitement", null)], []));
        harmonised.Classes.ShouldBe(["neutral", "sadness", "happiness", "anger"]);
        harmonised.Utterances.Count.ShouldBe(5);
    }
}
