using Undertone.Protocols;

namespace Undertone.Tests.Protocols;

public sealed class RandomHoldOutTests
{
    private static readonly ValidationOptions None = new() { Speakers = 0 };

    [Theory]
    [InlineData(20, 2)]
    [InlineData(30, 3)]
    [InlineData(1, 1)]
    [InlineData(90, 9)]
    public void The_share_of_each_class_is_tested_and_all_else_trains(int share, int ofTen)
    {
        var corpus = TestCorpora.Balanced(5);
        var splits = new RandomHoldOut(share).Splits(corpus, None, 0);
        splits.Select(s => s.Fold).ShouldBe(["1", "2", "3", "4", "5"]);
        foreach (var split in splits)
        {
            split.Test.GroupBy(u => u.Emotion).ShouldAllBe(g => g.Count() == ofTen);
            split.Test.Select(u => u.Emotion).Distinct().Count().ShouldBe(3);
            split.Validation.ShouldBeEmpty();
            split.Train.Concat(split.Test).Select(u => u.Id).Order(StringComparer.Ordinal).ShouldBe(corpus.Utterances.Select(u => u.Id).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Draws_differ_and_the_first_are_the_same_however_many_there_are()
    {
        var corpus = TestCorpora.Balanced(10);
        var five = Tests(new RandomHoldOut(20, 5));
        five.Distinct().Count().ShouldBe(5);
        Tests(new RandomHoldOut(20, 2)).ShouldBe(five.Take(2));
        Tests(new RandomHoldOut(20, 5, seed: 1)).Intersect(five).ShouldBeEmpty();

        List<string> Tests(RandomHoldOut protocol) => [.. protocol.Splits(corpus, None, 0).Select(s => string.Join(' ', s.Test.Select(u => u.Id)))];
    }

    [Fact]
    public void It_is_speaker_dependent_and_takes_validation_from_the_training_part()
    {
        var corpus = TestCorpora.Balanced(10);
        var protocol = new RandomHoldOut();
        var splits = protocol.Splits(corpus, new() { Speakers = 2 }, 0);
        LeakageAudit.Require(protocol, splits, adapted: false).Badge.ToString().ShouldBe("speaker-dependent");
        splits.ShouldAllBe(s => s.Test.Count == 12 && s.Validation.Count == 9);
        splits.Select(s => string.Join(' ', s.Test.Select(u => u.Id))).ShouldBe(protocol.Splits(corpus, None, 7).Select(s => string.Join(' ', s.Test.Select(u => u.Id))));
    }

    [Fact]
    public void Names_and_refusals()
    {
        ProtocolCatalog.Create("random-hold-out").Name.ShouldBe("hold-out-20");
        ProtocolCatalog.Create("random-hold-out", new Dictionary<string, object?> { ["test"] = "30", ["seed"] = 2 }).Name.ShouldBe("hold-out-30-s2");
        Refused("random-hold-out", "test", "95", "test is '95'; expected a whole percentage from 1 to 90");
        Refused("random-hold-out", "draws", "0", "draws is '0'");
        Refused("random-hold-out", "share", "20", "unknown parameter 'share'");
        Refused("as-published", "test", "20", "unknown parameter 'test'");
        Should.Throw<UndertoneException>(() => new AsPublished().Splits(TestCorpora.Balanced(4), None, 0)).Message.ShouldContain("kind: random-hold-out, test: 20");

        static void Refused(string kind, string key, string value, string expected) =>
            Should.Throw<UndertoneException>(() => ProtocolCatalog.Create(kind, new Dictionary<string, object?> { [key] = value })).Message.ShouldContain(expected);
    }
}
