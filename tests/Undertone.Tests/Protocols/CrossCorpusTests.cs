using Undertone.Corpora;
using Undertone.Protocols;
using static Undertone.Tests.Protocols.ProtocolTests;

namespace Undertone.Tests.Protocols;

public sealed class CrossCorpusTests
{
    private static readonly ValidationOptions One = new() { Speakers = 1 };

    // All three call their speakers 01, 02, ... and their utterances alike.
    private static readonly CorpusData A = TestCorpora.Balanced(4, name: "a");
    private static readonly CorpusData B = TestCorpora.Balanced(6, sentences: 5, name: "b");
    private static readonly CorpusData C = TestCorpora.Balanced(5, classes: 4, sentences: 3, name: "c");
    private static readonly CorpusData[] All = [A, B, C];

    [Fact]
    public void EveryOrderedPairIsAFold() =>
        All.SelectMany(c => Make().Splits(c, All, One, 0)).Select(s => s.Fold)
            .ShouldBe(["b-to-a", "c-to-a", "a-to-b", "c-to-b", "a-to-c", "b-to-c"]);

    [Fact]
    public void AFoldTrainsOnAWholeCorpusAndTestsAWholeOtherOne()
    {
        var split = Make().Splits(A, All, One, 0)[0];
        split.Test.ShouldBe(A.Utterances, ignoreOrder: true);
        split.Train.Concat(split.Validation).ShouldAllBe(u => u.Corpus == "b");
        split.Train.Count.ShouldBe(5 * 15);
        split.Validation.Select(u => u.Speaker).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void SpeakersAndUtterancesOfTwoCorporaAreNeverTakenForOne()
    {
        var split = Make("leave-one-corpus-out").Splits(C, All, One, 0).ShouldHaveSingleItem();
        split.Fold.ShouldBe("c");
        split.Train.Concat(split.Validation).Select(u => u.Id).ShouldBeUnique();
        split.Train.Concat(split.Validation).Select(u => u.Speaker).Distinct().Count().ShouldBe(4 + 6);
        split.Train.ShouldAllBe(u => u.Speaker.StartsWith(u.Corpus + "/") && u.Id.StartsWith(u.Corpus + "/"));
        split.Test.ShouldAllBe(u => !u.Speaker.Contains('/'));
        split.Train.Select(u => u.Speaker).Intersect(split.Validation.Select(u => u.Speaker)).ShouldBeEmpty();

        // Each training corpus gives its own validation speakers.
        split.Validation.Select(u => u.Corpus).Distinct().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void AFoldHasTheClassesThatBothSidesHave()
    {
        var toC = Make().Splits(C, [A, C], One, 0)[0];
        toC.Test.Select(u => u.Emotion).Distinct().ShouldBe(["class0", "class1", "class2"], ignoreOrder: true);
        var fromC = Make().Splits(A, [A, C], One, 0)[0];
        fromC.Train.Select(u => u.Emotion).Distinct().ShouldBe(["class0", "class1", "class2"], ignoreOrder: true);
    }

    [Fact]
    public void TheOrderOfCorporaAndFilesDoesNotMatterAndTheSeedChoosesValidation()
    {
        var expected = Text(Make("leave-one-corpus-out").Splits(C, All, One, 3)[0]);
        var shuffled = All.Reverse().Select(c => c with { Utterances = [.. c.Utterances.Reverse()] }).ToList();
        Text(Make("leave-one-corpus-out").Splits(shuffled[0], shuffled, One, 3)[0]).ShouldBe(expected);
        Enumerable.Range(0, 8).Select(seed => Text(Make("leave-one-corpus-out").Splits(C, All, One, seed)[0])).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void MoreSpeakersAreHeldOutWhereOneHasOneClassOnly()
    {
        // Nine speakers of one class each, six utterances a speaker.
        var confounded = TestCorpora.Of(
            [.. from s in Enumerable.Range(0, 9) from t in Enumerable.Range(0, 6) select TestCorpora.Utterance($"s{s}", $"class{s % 3}", $"t{t}", corpus: "d")], "d");
        var split = Make().Splits(A, [A, confounded], One, 0)[0];
        split.Validation.Select(u => u.Emotion).Distinct().Count().ShouldBe(3);
        split.Validation.Select(u => u.Speaker).Distinct().Count().ShouldBe(3);
        split.Train.Select(u => u.Emotion).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void NamedCorporaTrainAndTest()
    {
        var protocol = ProtocolCatalog.Create("cross-corpus", Map(("train", L("a", "b")), ("test", "c")));
        protocol.Name.ShouldBe("cross-corpus-chosen");
        protocol.Splits(A, All, One, 0).ShouldBeEmpty();
        protocol.Splits(C, All, One, 0).ShouldHaveSingleItem().Fold.ShouldBe("a-b-to-c");
        CrossCorpus.TrainingSide("a-b-to-c", "c").ShouldBe("a-b");
        CrossCorpus.TrainingSide("c", "c").ShouldBeNull();
        ProtocolCatalog.Create("cross-corpus", Map(("train", L("a")), ("test", L("c")), ("name", "mine"))).Name.ShouldBe("mine");
    }

    [Fact]
    public void TheAuditGivesTheBadge()
    {
        var splits = Make().Splits(A, All, One, 0);
        LeakageAudit.Require(Make(), splits, adapted: false).Badge.ToString().ShouldBe("cross-corpus");
        LeakageAudit.Require(Make(), splits, adapted: true).Badge.ToString().ShouldBe("cross-corpus, adapted");
        splits.ShouldAllBe(s => LeakageAudit.Of(s).TrainTest.Speakers.Count == 0);

        // A recording that both corpora hold is a leak, whatever they call it.
        var copied = B with { Utterances = [.. B.Utterances.Select((u, i) => i == 0 ? u with { AudioHash = A.Utterances[0].AudioHash } : u)] };
        var leaky = LeakageAudit.Of(Make().Splits(A, [A, copied], new() { Speakers = 0 }, 0), adapted: false);
        leaky.Badge.ToString().ShouldBe("speaker-dependent");
        leaky.Folds[0].TrainTest.Audio.ShouldHaveSingleItem().First.ShouldBe("b/01-class0-t0");
    }

    [Fact]
    public void TheSameSpeakerOnBothSidesIsFoundUnderEitherName()
    {
        var split = Make().Splits(A, [A, B], One, 0)[0];
        var leaky = split with { Test = [.. split.Test, .. B.Utterances.Take(1)] };
        LeakageAudit.Of(leaky).TrainTest.Speakers.Concat(LeakageAudit.Of(leaky).ValidationTest.Speakers).ShouldBe(["b/01"]);
        LeakageAudit.Of(leaky).Kind.ShouldBe(BadgeKind.SpeakerDependent);
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Refused(() => Make().RequireCorpora(["a"]), "the experiment has 1 corpus", "corpora: [a, b, ...]");
        Refused(() => Make().Splits(A, One, 0), "needs other corpora than 'a'");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("pairs", "most"))), "pairs is 'most'", "all or leave-one-corpus-out");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("train", L("a")))), "test is missing");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("pairs", "all"), ("train", L("a")), ("test", L("b")))), "pairs has no use");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("train", L("a", "a")), ("test", L("b")))), "names the corpus 'a' twice");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("train", L("a")), ("test", L("a", "b")))), "'a' is in train and in test");
        Refused(() => ProtocolCatalog.Create("cross-corpus", Map(("trian", L("a")))), "did you mean 'train'?");
        Refused(
            () => ProtocolCatalog.Create("cross-corpus", Map(("train", L("emo-db")), ("test", L("urdu")))).RequireCorpora(["emodb", "urdu"]),
            "train: 'emo-db' is none of the experiment's corpora", "did you mean 'emodb'?");
        Refused(() => ProtocolCatalog.Create("learning-curve", Map(("of", "cross-corpus"), ("shares", L(50)))), "of trains on other corpora");
        Refused(() => Make().Splits(A, All, new() { Speakers = 6 }, 0), "fold 'b-to-a' has 6 training speakers in corpus 'b'", "at most 5");
        var other = TestCorpora.Of([TestCorpora.Utterance("1", "class0", corpus: "e"), TestCorpora.Utterance("1", "joy", corpus: "e")], "e");
        Refused(() => Make().Splits(A, [A, other], One, 0), "fold 'e-to-a' has one class only, 'class0',", "e has class0, joy", "labels: big-four");
    }

    private static Protocol Make(string kind = "cross-corpus") => ProtocolCatalog.Create(kind);

    private static string Text(Split split) =>
        string.Join('|', new[] { split.Train, split.Validation, split.Test }.Select(p => string.Join(',', p.Select(u => u.Id))));

    private static void Refused(Action action, params string[] parts)
    {
        var message = Should.Throw<UndertoneException>(action).Message;
        foreach (var part in parts)
        {
            message.ShouldContain(part);
        }
    }
}
