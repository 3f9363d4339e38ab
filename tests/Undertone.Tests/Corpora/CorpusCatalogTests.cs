using Undertone.Corpora;

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
        card.Classes.ShouldAllBe(c => c.Value > 0);
        card.Classes.Select(c => c.Key).ShouldBeInOrder();
        (card.FemaleSpeakers + card.MaleSpeakers).ShouldBe(card.Speakers);
        new[] { "acted", "elicited", "spontaneous", "synthetic" }.ShouldContain(card.RecordingType);
        foreach (var text in new[] { card.Title, card.Language, card.SpeakerNote, card.KeyFeatures, card.Limitations, card.Licence, card.Reference, card.Access, card.FileNames })
        {
            text.ShouldNotBeNullOrWhiteSpace();
        }

        // ISO 639-1, or 639-2's code for no language at all.
        (card.LanguageCode.Length == 2 || card.LanguageCode == "zxx").ShouldBeTrue();
    }

    [Fact]
    public void AnUnknownCorpusIsRefusedWithTheNearestName()
    {
        Should.Throw<UndertoneException>(() => CorpusCatalog.Get("emo-db")).Message.ShouldContain("did you mean 'emodb'");
        Should.Throw<UndertoneException>(() => CorpusCatalog.Get("qqqqqqqqq")).Message.ShouldContain("ravdess");
    }
}
