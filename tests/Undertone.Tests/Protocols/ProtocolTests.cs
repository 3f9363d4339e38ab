using FsCheck;
using FsCheck.Fluent;
using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Tests.Protocols;

public sealed class ProtocolTests
{
    private static readonly ValidationOptions Two = new();
    private static readonly ValidationOptions None = new() { Speakers = 0 };

    public static TheoryData<string, string> Entries => new()
    {
        { "loso", "loso" },
        { "groups", "speaker-groups-3" },
        { "ravdess-6", "ravdess-6" },
        { "random", "random-5-fold" },
        { "fixed", "fixed-" },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public void Tests_each_utterance_at_most_once_and_never_trains_on_it(string entry, string name)
    {
        var corpus = TestCorpora.Balanced(24, name: "ravdess");
        var protocol = Make(entry);
        protocol.Name.ShouldStartWith(name);
        var splits = protocol.Splits(corpus, Two, 3);

        splits.Select(s => s.Fold).ShouldBeUnique();
        var tested = splits.SelectMany(s => s.Test).ToList();
        tested.ShouldBeUnique();
        if (entry != "fixed")
        {
            tested.Count.ShouldBe(corpus.Utterances.Count);
        }

        foreach (var split in splits)
        {
            var all = split.Train.Concat(split.Validation).Concat(split.Test).ToList();
            all.ShouldBeUnique();
            all.Count.ShouldBe(corpus.Utterances.Count);
            split.Train.Select(u => u.Emotion).Distinct().Count().ShouldBe(3);
            split.Validation.Select(u => u.Emotion).Distinct().Count().ShouldBe(3);
            split.Train.Select(u => u.Id).ShouldBe(split.Train.Select(u => u.Id).Order(StringComparer.Ordinal));
        }

        var independent = LeakageAudit.Of(splits, adapted: false).Badge.Kind == BadgeKind.SpeakerIndependent;
        independent.ShouldBe(entry != "random");
        protocol.ClaimsSpeakerIndependence.ShouldBe(independent);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Folds_do_not_depend_on_the_order_of_files(string entry, string name)
    {
        var corpus = TestCorpora.Balanced(24, name: "ravdess");
        var expected = Text(Make(entry).Splits(corpus, Two, 5));
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var shuffled = corpus.Utterances.ToArray();
            new SeededRandom((ulong)seed).Shuffle(shuffled.AsSpan());
            return Text(Make(entry).Splits(corpus with { Utterances = shuffled }, Two, 5)) == expected;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10), property);
        name.ShouldNotBeEmpty();
    }

    [Fact]
    public void Another_seed_changes_validation_and_never_the_test_parts()
    {
        var corpus = TestCorpora.Balanced(24, name: "ravdess");
        foreach (var entry in new[] { "loso", "groups", "ravdess-6", "random", "fixed" })
        {
            var first = Make(entry).Splits(corpus, Two, 0);
            var second = Make(entry).Splits(corpus, Two, 1);
            Text(first).ShouldNotBe(Text(second));
            first.Zip(second).ShouldAllBe(p => p.First.Test.SequenceEqual(p.Second.Test));
        }
    }

    [Fact]
    public void Validates_on_a_woman_and_a_man()
    {
        foreach (var split in new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(10), Two, 0))
        {
            split.Validation.DistinctBy(u => u.Speaker).Select(u => u.Gender).Order().ShouldBe(["female", "male"]);
        }

        new LeaveOneSpeakerOut().Splits(TestCorpora.Balanced(10), Two, 0)
            .Select(s => string.Join('+', s.Validation.Select(u => u.Speaker).Distinct())).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Gives_up_gender_where_a_class_would_be_lost()
    {
        // The only two voices with class1 in each gender: taking both a man and a woman of 'rare' would be fatal.
        var corpus = TestCorpora.Of(
        [
            .. Enumerable.Range(1, 6).Select(s => TestCorpora.Utterance($"{s:00}", "common", gender: "female")),
            TestCorpora.Utterance("07", "common", gender: "male"),
            TestCorpora.Utterance("07", "rare", gender: "male"),
            TestCorpora.Utterance("08", "common", gender: "female"),
            TestCorpora.Utterance("08", "rare", gender: "female"),
        ]);
        for (var seed = 0; seed < 20; seed++)
        {
            var split = ProtocolCatalog.Create("fixed", Map(("test", L("01")))).Splits(corpus, Two, seed).Single();
            split.Train.ShouldContain(u => u.Emotion == "rare");
            split.Validation.ShouldContain(u => u.Emotion == "rare");
            split.Validation.Select(u => u.Speaker).Distinct().Count().ShouldBe(2);
        }
    }

    [Fact]
    public void Groups_are_even_in_number_and_gender()
    {
        var corpus = TestCorpora.Balanced(22);
        var splits = LeaveSpeakersOut.Groups(5).Splits(corpus, None, 0);
        var speakers = splits.Select(s => s.Test.DistinctBy(u => u.Speaker).ToList()).ToList();
        speakers.Select(g => g.Count).Order().ShouldBe([4, 4, 4, 5, 5]);
        speakers.ShouldAllBe(g => g.Count(u => u.Gender == "female") >= 2 && g.Count(u => u.Gender == "male") >= 2);
        Text(LeaveSpeakersOut.Groups(5, 1).Splits(corpus, None, 0)).ShouldNotBe(Text(splits));
        LeaveSpeakersOut.Groups(5, 1).Name.ShouldBe("speaker-groups-5-s1");
    }

    [Fact]
    public void Published_folds_cover_the_24_actors_once()
    {
        foreach (var preset in PublishedFolds.All.Where(p => p.Corpus == "ravdess"))
        {
            preset.Folds.SelectMany(f => f).Order().ShouldBe(Enumerable.Range(1, 24).Select(i => $"{i:00}"));
        }

        PublishedFolds.All[0].Folds[4].ShouldBe(["01", "04", "09", "22"]);
    }

    [Fact]
    public void Standard_splits_ship_for_every_corpus_and_name_each_speaker_once()
    {
        PublishedFolds.All.Select(p => $"{p.Name} {p.Corpus} {p.Folds.Count}").ShouldBe(
            ["ravdess-5 ravdess 5", "ravdess-6 ravdess 6", "emodb-10 emodb 10", "savee-4 savee 4", "tess-2 tess 2", "crema-d-5 crema-d 5", "iemocap-5 iemocap 5"]);
        foreach (var preset in PublishedFolds.All)
        {
            preset.Folds.SelectMany(f => f).ShouldBeUnique();
            preset.FoldNames.ShouldBeUnique();
            preset.Sha256.Length.ShouldBe(64);
            ProtocolCatalog.Create("leave-speakers-out", Map(("preset", preset.Name))).Name.ShouldBe(preset.Name);
            ProtocolCatalog.Create(preset.Name).Name.ShouldBe(preset.Name);
            ProtocolCatalog.Names.ShouldContain(preset.Name);
        }

        var actors = PublishedFolds.All.Single(p => p.Name == "crema-d-5").Folds;
        actors.SelectMany(f => f).Order().ShouldBe(Enumerable.Range(1001, 91).Select(i => $"{i}"));
        actors.ShouldAllBe(f => f.Count == 18 || f.Count == 19);
    }

    [Fact]
    public void Standard_splits_by_session_take_the_sessions_number()
    {
        var corpus = TestCorpora.Balanced(10, name: "iemocap");
        corpus = corpus with { Utterances = [.. corpus.Utterances.Select(u => u with { Session = $"Session{(int.Parse(u.Speaker) + 1) / 2}" })] };
        var splits = ProtocolCatalog.Create("iemocap-5").Splits(corpus, Two, 0);
        splits.Select(s => s.Test[0].Session).ShouldBe(["Session1", "Session2", "Session3", "Session4", "Session5"]);
        LeakageAudit.Of(splits, adapted: false).Badge.Kind.ShouldBe(BadgeKind.SpeakerIndependent);
        Should.Throw<UndertoneException>(() => ProtocolCatalog.Create("iemocap-5").Splits(TestCorpora.Balanced(10, name: "iemocap"), Two, 0)).Message.ShouldContain("these folds are of sessions");
    }

    [Fact]
    public void Named_folds_take_numbers_for_names_and_leave_the_others_in_training()
    {
        var protocol = ProtocolCatalog.Create("leave-speakers-out", Map(("folds", L(L("1", 2), L("03")))));
        var splits = protocol.Splits(TestCorpora.Balanced(5), None, 0);
        splits.Select(s => string.Join(',', s.Test.Select(u => u.Speaker).Distinct())).ShouldBe(["01,02", "03"]);
        splits.ShouldAllBe(s => s.Train.Any(u => u.Speaker == "05"));

        var named = ProtocolCatalog.Create("leave-speakers-out", Map(
            ("folds", new Dictionary<object, object> { ["a"] = L("01"), ["b c"] = L("02") }), ("name", "mine")));
        named.Name.ShouldBe("mine");
        named.Splits(TestCorpora.Balanced(5), None, 0).Select(s => s.Fold).ShouldBe(["a", "b_c"]);
    }

    [Fact]
    public void Fixed_lists_are_taken_as_they_are()
    {
        var protocol = ProtocolCatalog.Create("fixed", Map(("train", L("01", "02")), ("validation", L("03")), ("test", L("04"))));
        var split = protocol.Splits(TestCorpora.Balanced(6), Two, 0).Single();
        Speakers(split.Train).ShouldBe(["01", "02"]);
        Speakers(split.Validation).ShouldBe(["03"]);
        Speakers(split.Test).ShouldBe(["04"]);
        protocol.Name.ShouldNotBe(ProtocolCatalog.Create("fixed", Map(("test", L("04")))).Name);
    }

    [Fact]
    public void Random_folds_hold_each_class_evenly()
    {
        var splits = new RandomKFold(4).Splits(TestCorpora.Balanced(10), Two, 0);
        splits.Select(s => s.Test.Count).ShouldBe([15, 15, 15, 15]);
        splits.ShouldAllBe(s => s.Test.CountBy(u => u.Emotion).All(c => c.Value == 5));
        splits.ShouldAllBe(s => s.Validation.CountBy(u => u.Emotion).All(c => c.Value == 3));
    }

    [Fact]
    public void Odd_speaker_names_become_safe_and_stay_apart()
    {
        string[] speakers = ["a/b", "a.b", "A_b", "ü"];
        var corpus = TestCorpora.Of([.. speakers.SelectMany(s => new[] { TestCorpora.Utterance(s, "x"), TestCorpora.Utterance(s, "y") })]);
        new LeaveOneSpeakerOut().Splits(corpus, None, 0).Select(s => s.Fold).ShouldBe(["A_b", "a_b_2", "a_b_3", "_"]);
    }

    internal static Protocol Make(string entry) => entry switch
    {
        "loso" => ProtocolCatalog.Create("leave-one-speaker-out"),
        "groups" => ProtocolCatalog.Create("leave-speakers-out", Map(("groups", "3"))),
        "random" => ProtocolCatalog.Create("random-k-fold", Map(("folds", 5))),
        "fixed" => ProtocolCatalog.Create("fixed", Map(("test", L("03", "04")))),
        _ => ProtocolCatalog.Create(entry),
    };

    internal static Dictionary<string, object?> Map(params (string Key, object? Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value);

    internal static List<object> L(params object[] items) => [.. items];

    private static IEnumerable<string> Speakers(IReadOnlyList<Utterance> part) => part.Select(u => u.Speaker).Distinct();

    internal static string Text(IReadOnlyList<Split> splits) => string.Join('\n', splits.Select(s =>
        $"{s.Fold}|{string.Join(' ', s.Train.Select(u => u.Id))}|{string.Join(' ', s.Validation.Select(u => u.Id))}|{string.Join(' ', s.Test.Select(u => u.Id))}"));
}
