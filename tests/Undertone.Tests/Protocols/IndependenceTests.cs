using FsCheck;
using FsCheck.Fluent;
using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Tests.Protocols;

/// <summary>Protocols that keep sessions or sentences apart: whatever the corpus, parts are disjoint and the promise is kept.</summary>
public sealed class IndependenceTests
{
    private static readonly ValidationOptions None = new() { Speakers = 0 };

    [Fact]
    public void Sentences_are_never_shared_whatever_the_corpus()
    {
        var property = Prop.ForAll(Shapes(), shape =>
        {
            var corpus = TestCorpora.Balanced(shape.Speakers, shape.Classes, shape.Sentences);
            foreach (var speakers in new[] { 0, 2 })
            {
                var protocol = new SentenceIndependent(shape.Seed % 2 == 0 ? null : 2, speakers, shape.Seed);
                var splits = protocol.Splits(corpus, new() { Speakers = 1 }, shape.Seed);
                var audit = LeakageAudit.Require(protocol, splits, adapted: false);
                audit.Badge.Kind.ShouldBe(speakers > 0 ? BadgeKind.SpeakerIndependent : BadgeKind.SpeakerDependent);
                splits.SelectMany(s => s.Test).Select(u => u.Id).Order().ShouldBe(corpus.Utterances.Select(u => u.Id).Order());
                foreach (var (split, fold) in splits.Zip(audit.Folds))
                {
                    split.Train.Concat(split.Validation).Concat(split.Test).ShouldBeUnique();
                    split.Validation.ShouldNotBeEmpty();
                    fold.TrainTest.Sentences.Concat(fold.ValidationTest.Sentences).ShouldBeEmpty();

                    // With one sentence left to train on, validation can only be by other speakers.
                    (fold.TrainValidation.Sentences.Count == 0 || split.Train.Select(u => u.Text).Distinct().Count() == 1).ShouldBeTrue();
                    (speakers == 0 || fold.TrainValidation.Speakers.Count == 0).ShouldBeTrue();
                }
            }

            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), property);
    }

    [Fact]
    public void Sessions_are_tested_once_and_validated_whole()
    {
        var property = Prop.ForAll(Shapes(), shape =>
        {
            var corpus = Sessions(TestCorpora.Balanced(2 * shape.Speakers, shape.Classes), u => $"Session{(int.Parse(u.Speaker) + 1) / 2}");
            var protocol = new LeaveOneSessionOut();
            var splits = protocol.Splits(corpus, new() { Speakers = 2 }, shape.Seed);
            splits.Count.ShouldBe(shape.Speakers);
            splits.SelectMany(s => s.Test).Select(u => u.Id).Order().ShouldBe(corpus.Utterances.Select(u => u.Id).Order());
            LeakageAudit.Require(protocol, splits, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
            foreach (var split in splits)
            {
                split.Test.Select(u => u.Session).Distinct().ShouldHaveSingleItem().ShouldBe(split.Fold);
                split.Validation.Select(u => u.Session).Distinct().Count().ShouldBe(1);
                split.Train.Select(u => u.Session).Intersect(split.Validation.Concat(split.Test).Select(u => u.Session)).ShouldBeEmpty();
            }

            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), property);
    }

    [Fact]
    public void Sessions_that_share_speakers_do_not_earn_the_badge()
    {
        var corpus = Sessions(TestCorpora.Balanced(4, sentences: 4), u => u.Text!);
        var protocol = new LeaveOneSessionOut();
        LeakageAudit.Require(protocol, protocol.Splits(corpus, None, 0), adapted: false).Badge.ToString().ShouldBe("speaker-dependent");
    }

    [Fact]
    public void One_session_to_train_on_is_validated_by_speakers()
    {
        var corpus = Sessions(TestCorpora.Balanced(8), u => u.Speaker is "01" or "02" or "03" or "04" ? "a" : "b");
        var split = new LeaveOneSessionOut().Splits(corpus, new() { Speakers = 2 }, 0)[0];
        split.Validation.Select(u => u.Speaker).Distinct().Count().ShouldBe(2);
        split.Train.Select(u => u.Speaker).Intersect(split.Validation.Select(u => u.Speaker)).ShouldBeEmpty();
    }

    [Fact]
    public void Names_tell_what_was_asked()
    {
        Names("sentence-independent").ShouldBe("sentences");
        new SentenceIndependent(5, 4, 3).Name.ShouldBe("sentences-5-speakers-4-s3");
        new SentenceIndependent().Splits(TestCorpora.Balanced(4), None, 0).Select(s => s.Fold).ShouldBe(["t0", "t1"]);
        new SentenceIndependent(2, 2).Splits(TestCorpora.Balanced(4), None, 0).Select(s => s.Fold).ShouldBe(["1-1", "1-2", "2-1", "2-2"]);

        static string Names(string kind) => ProtocolCatalog.Create(kind).Name;
    }

    [Fact]
    public void Corpora_without_sessions_or_sentences_are_refused()
    {
        var corpus = TestCorpora.Balanced(4);
        Refused(() => new LeaveOneSessionOut().Splits(corpus, None, 0), "says of no utterance which session", "'leave-one-speaker-out' needs none");
        Refused(() => new LeaveOneSessionOut().Splits(Sessions(corpus, _ => "only"), None, 0), "one session, 'only'");
        Refused(() => new LeaveOneSessionOut().Splits(Sessions(corpus, u => u.Speaker == "01" ? null : "a"), None, 0), "6 utterances of 24 have no session", "'01-class0-t0'");
        var textless = corpus with { Utterances = [.. corpus.Utterances.Select(u => u with { Text = null })] };
        Refused(() => new SentenceIndependent().Splits(textless, None, 0), "says of no utterance which sentence");
        Refused(() => new SentenceIndependent().Splits(TestCorpora.Balanced(4, sentences: 1), None, 0), "of one sentence, 't0'");
        Refused(() => new SentenceIndependent(3).Splits(corpus, None, 0), "3 folds, but 2 sentences");
        Refused(() => new SentenceIndependent(2, 9).Splits(corpus, None, 0), "9 groups of speakers, but 4 speakers");
        Refused(() => ProtocolCatalog.Create("sentence-independent", ProtocolTests.Map(("speakers", 1))), "speakers is '1'", "at least 2");
    }

    [Fact]
    public void A_claim_about_sentences_is_checked_too()
    {
        var corpus = TestCorpora.Balanced(4);
        var shared = new LeaveOneSpeakerOut().Splits(corpus, None, 0);
        Refused(() => LeakageAudit.Require(new SentenceIndependent(), shared, adapted: false), "claims that no test sentence is trained on", "'t0', 't1'");
    }

    private static CorpusData Sessions(CorpusData corpus, Func<Utterance, string?> session) =>
        corpus with { Utterances = [.. corpus.Utterances.Select(u => u with { Session = session(u) })] };

    private static Arbitrary<Shape> Shapes() => Arb.From(
        from speakers in Gen.Choose(5, 9)
        from classes in Gen.Choose(2, 4)
        from sentences in Gen.Choose(2, 6)
        from seed in Gen.Choose(0, 1000)
        select new Shape(speakers, classes, sentences, seed));

    private static void Refused(Func<object> act, params string[] parts)
    {
        var message = Should.Throw<UndertoneException>(() => { act(); }).Message;
        foreach (var part in parts)
        {
            message.ShouldContain(part);
        }
    }

    private sealed record Shape(int Speakers, int Classes, int Sentences, int Seed);
}
