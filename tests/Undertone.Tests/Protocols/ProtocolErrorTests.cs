using Undertone.Corpora;
using Undertone.Protocols;
using static Undertone.Tests.Protocols.ProtocolTests;

namespace Undertone.Tests.Protocols;

/// <summary>What a user sees for each mistake: what is wrong, where, what was expected, the nearest name.</summary>
public sealed class ProtocolErrorTests
{
    private static readonly ValidationOptions None = new() { Speakers = 0 };

    [Fact]
    public void Unknown_kind() => Refused(() => ProtocolCatalog.Create("leave-one-speakr-out"), "leave-one-speakr-out", "did you mean 'leave-one-speaker-out'?");

    [Fact]
    public void Unknown_parameter()
    {
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("gropus", 3))), "unknown parameter 'gropus'", "did you mean 'groups'?");
        Refused(() => ProtocolCatalog.Create("loso", Map(("folds", 3))), "unknown parameter 'folds'");
    }

    [Fact]
    public void Malformed_parameters()
    {
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", "two"))), "groups is 'two'", "at least 2");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", 1))), "groups is '1'", "at least 2");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", 2.5))), "groups is '2.5'");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", null))), "groups is empty");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", 3))), "folds is '3'", "lists of speakers");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L(L("01"), L())))), "folds is a list", "lists of speakers");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L()))), "lists of speakers");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("preset", "ravdes-5"))), "did you mean 'ravdess-5'?");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", 3), ("preset", "ravdess-5"))), "groups and preset");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", 3), ("name", "x"))), "name has no use beside groups");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out"), "none of groups, folds and preset");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L(L("01"), L("02"))), ("name", "a/b"))), "name is 'a/b'", "letters");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L(L("01"), L("02"))), ("name", "loso"))), "name is 'loso'");
        Refused(() => ProtocolCatalog.Create("fixed", Map(("train", L("01")))), "test is missing");
        Refused(() => ProtocolCatalog.Create("fixed", Map(("test", "01"))), "test is '01'", "a list of speakers");
        Refused(() => ProtocolCatalog.Create("random-k-fold", Map(("folds", 0))), "folds is '0'");
        Refused(() => ProtocolCatalog.Create("random-k-fold", Map(("seed", -1))), "seed is '-1'");
    }

    [Fact]
    public void Unknown_speaker() =>
        Refused(() => Split("fixed", ("test", L("03", "0l"))), "test", "no speaker '0l'", "did you mean '01'?");

    [Fact]
    public void A_speaker_in_two_lists()
    {
        Refused(() => ProtocolCatalog.Create("fixed", Map(("train", L("01", "03")), ("test", L("03")))), "speaker '03' is in 'train' and in 'test'");
        Refused(() => ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L(L("01"), L("02", "01"))))), "speaker '01' is in '1' and in '2'");

        // The same speaker, written in two ways: seen only beside the corpus.
        Refused(() => Split("fixed", ("train", L("01", "3")), ("test", L("03"))), "speaker '03' is in 'train' and in 'test'");
        Refused(() => Split("fixed", ("test", L("3", "03"))), "'03' is named twice");
    }

    [Fact]
    public void One_speaker() =>
        Refused(() => new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(1), None, 0), "one speaker, '01'", "at least two");

    [Fact]
    public void Fewer_speakers_than_groups() =>
        Refused(() => LeaveSpeakersOut.Groups(5).Splits(TestCorpora.Balanced(4), None, 0), "5 groups, but 4 speakers", "at most 4");

    [Fact]
    public void Fewer_utterances_than_folds() =>
        Refused(() => new RandomKFold(50).Splits(TestCorpora.Balanced(4), None, 0), "50 folds, but 24 utterances");

    [Fact]
    public void Published_folds_on_another_corpus() =>
        Refused(() => LeaveSpeakersOut.Preset("ravdess-5").Splits(TestCorpora.Balanced(24), None, 0), "belongs to the corpus 'ravdess'", "'made-up'");

    [Fact]
    public void Published_folds_on_half_a_corpus() =>
        Refused(() => LeaveSpeakersOut.Preset("ravdess-5").Splits(TestCorpora.Balanced(20, name: "ravdess"), None, 0), "no speaker '21'", "20 speakers found");

    [Fact]
    public void A_class_that_only_the_test_speaker_has()
    {
        var corpus = TestCorpora.Balanced(4);
        corpus = corpus with { Utterances = [.. corpus.Utterances.Where(u => u.Emotion != "class2" || u.Speaker == "03")] };
        Refused(() => new LeaveOneSpeakerOut().Splits(corpus, None, 0), "fold '03' has no 'class2' to train on");
    }

    [Fact]
    public void A_class_that_validation_takes_away()
    {
        var corpus = TestCorpora.Balanced(3);
        corpus = corpus with { Utterances = [.. corpus.Utterances.Where(u => u.Emotion != "class2" || u.Speaker == "03" || u.Speaker == "02")] };
        new LeaveOneSpeakerOut().Splits(corpus, None, 0).Count.ShouldBe(3);
        Refused(() => new LeaveOneSpeakerOut().Splits(Without(corpus, "01"), new() { Speakers = 1 }, 0), "leaves none to train on");
        var two = ProtocolCatalog.Create("fixed", Map(("test", L("01")), ("train", L("02", "03")), ("validation", L("04"))));
        var lost = TestCorpora.Balanced(4);
        lost = lost with { Utterances = [.. lost.Utterances.Where(u => u.Emotion != "class1" || u.Speaker is "04" or "01")] };
        Refused(() => two.Splits(lost, None, 0), "fold 'test' has no 'class1' to train on");
    }

    [Fact]
    public void Impossible_validation()
    {
        Refused(() => new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(3), new(), 0), "fold '01' has 2 training speakers", "at most 1");
        Refused(() => new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(3), new() { Speakers = -1 }, 0), "validation.speakers is -1");
    }

    [Fact]
    public void One_class_or_none()
    {
        Refused(() => new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(3, classes: 1), None, 0), "one class only, 'class0'");
        Refused(() => new LeaveOneSpeakerOut().Splits(TestCorpora.Of([]), None, 0), "no utterances");
    }

    [Fact]
    public void Everyone_tested() =>
        Refused(() => Split("fixed", ("test", L("01", "02", "03", "04"))), "fold 'test' has nothing to train on");

    private static CorpusData Without(CorpusData corpus, string speaker) =>
        corpus with { Utterances = [.. corpus.Utterances.Where(u => u.Speaker != speaker)] };

    private static IReadOnlyList<Split> Split(string kind, params (string, object?)[] parameters) =>
        ProtocolCatalog.Create(kind, Map(parameters)).Splits(TestCorpora.Balanced(4), None, 0);

    private static void Refused(Func<object> act, params string[] parts)
    {
        var message = Should.Throw<UndertoneException>(() => { act(); }).Message;
        foreach (var part in parts)
        {
            message.ShouldContain(part);
        }
    }
}
