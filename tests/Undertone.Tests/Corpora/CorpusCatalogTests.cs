using Undertone.Corpora;
using Undertone.Protocols;

namespace Undertone.Tests.Corpora;

public class CorpusCatalogTests
{
    public static TheoryData<string> Names => [.. CorpusCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void CardsAreConsistent(string name)
    {
        var card = CorpusCatalog.Get(name).Card;

        card.Name.ShouldBe(name);
        card.Name.ShouldBe(CorpusCatalog.Get(name.ToUpperInvariant()).Card.Name);
        card.Classes.Select(c => c.Key).ShouldBeUnique();
        card.Classes.ShouldAllBe(c => c.Value > 0 || card.Utterances == 0);
        card.Classes.Select(c => c.Key).ShouldBeInOrder();
        (card.FemaleSpeakers + card.MaleSpeakers ?? card.Speakers).ShouldBe(card.Speakers);
        (card.FemaleSpeakers is null).ShouldBe(card.MaleSpeakers is null);
        if (card.SpeakerCounts is { } speakers)
        {
            speakers.Count.ShouldBe(card.Speakers);
            speakers.Values.Sum().ShouldBe(card.Utterances);
        }

        (card.HumanRecognition is null || card.HumanRateNote.Length > 0).ShouldBeTrue();
        new[] { "acted", "elicited", "spontaneous", "synthetic" }.ShouldContain(card.RecordingType);
        foreach (var text in new[] { card.Title, card.Language, card.SpeakerNote, card.KeyFeatures, card.Limitations, card.Licence, card.Reference, card.Access, card.FileNames })
        {
            text.ShouldNotBeNullOrWhiteSpace();
        }

        // ISO 639-1, or 639-2's code for no language at all.
        (card.LanguageCode.Length == 2 || card.LanguageCode == "zxx").ShouldBeTrue();
    }

    [Fact]
    public void PublishedCountsAreThoseOfTheCards()
    {
        CorpusCatalog.All.Where(c => c.Card.Utterances > 0).Select(c => (c.Card.Name, c.Card.Utterances)).ShouldBe(
        [
            ("emodb", 535), ("ravdess", 1440), ("ravdess-song", 1012), ("savee", 480), ("tess", 2800), ("crema-d", 7442), ("iemocap", 10039),
            ("enterface", 1293), ("des", 260), ("urdu", 400), ("demo", 240),
        ]);
        CorpusCatalog.Get("ldc-emotional-prosody").Card.Classes.Count.ShouldBe(15);
    }

    [Fact]
    public void StandardFoldsNameTheSpeakersOfTheirCorpus()
    {
        foreach (var standard in PublishedFolds.All.Where(f => !f.BySession))
        {
            var card = CorpusCatalog.Get(standard.Corpus).Card;
            var speakers = standard.Folds.SelectMany(f => f).ToList();
            speakers.Count.ShouldBe(card.Speakers, standard.Name);
            if (card.SpeakerCounts is { } counts && standard.Corpus != "ravdess")
            {
                speakers.ShouldBe(counts.Keys, ignoreOrder: true);
            }
        }

        PublishedFolds.All.Single(f => f.Name == "crema-d-5").Folds.SelectMany(f => f).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1001, 91).Select(a => $"{a}"));
    }

    [Fact]
    public void AnUnknownCorpusIsRefusedWithTheNearestName()
    {
        Should.Throw<UndertoneException>(() => CorpusCatalog.Get("emo-db")).Message.ShouldContain("did you mean 'emodb'");
        Should.Throw<UndertoneException>(() => CorpusCatalog.Get("qqqqqqqqq")).Message.ShouldContain("ravdess");
        Should.Throw<UndertoneException>(() => CorpusCatalog.Get("qqqqqqqqq")).Message.ShouldEndWith("; or a CSV file that describes one of your own (undertone corpora describe table)");
    }
}
