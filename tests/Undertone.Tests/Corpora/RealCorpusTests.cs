using Undertone.Corpora;
using Undertone.Testing;

namespace Undertone.Tests.Corpora;

/// <summary>The real corpora against the figures that their papers and publishers state.</summary>
public class RealCorpusTests
{
    [CorpusFact("emodb")]
    public void EmodbIsComplete()
    {
        var listing = Survey("emodb");

        listing.Utterances.Count.ShouldBe(535);
        Counts(listing, u => u.Emotion).ShouldBe(
            [("anger", 127), ("boredom", 81), ("disgust", 46), ("fear", 69), ("happiness", 71), ("neutral", 79), ("sadness", 62)]);
        Genders(listing).ShouldBe((5, 5));
        listing.Utterances.Select(u => u.Text).Distinct().Count().ShouldBe(10);
        listing.Utterances.Count(u => u.Speaker == "08" && u.Emotion == "disgust").ShouldBe(0);
        listing.Utterances.Where(u => u.Gender == "male").Select(u => u.Speaker).Distinct().Order().ShouldBe(["03", "10", "11", "12", "15"]);
    }

    [CorpusFact("emodb")]
    public void EmodbHasRecognitionRatesThatAreHighBecauseRecordingsWereChosenByThem()
    {
        var listing = Survey("emodb");

        listing.Notes.ShouldBeEmpty();
        listing.Utterances.ShouldAllBe(u => u.HumanRate >= 0.8);
        listing.Utterances.Average(u => u.HumanRate!.Value).ShouldBe(0.9354, 5e-5);
        listing.Utterances.Single(u => u.Id == "03a01Fa").HumanRate.ShouldBe(0.9);
    }

    [CorpusFact("ravdess")]
    public void RavdessIsComplete()
    {
        var listing = Survey("ravdess");

        listing.Utterances.Count.ShouldBe(1440);
        Counts(listing, u => u.Emotion).ShouldAllBe(c => c.Count == (c.Key == "neutral" ? 96 : 192));
        Counts(listing, u => u.Speaker).ShouldAllBe(c => c.Count == 60);
        Counts(listing, u => u.Text!).ShouldBe([("01", 720), ("02", 720)]);
        Genders(listing).ShouldBe((12, 12));
        listing.Utterances.Count(u => u.Intensity == "strong").ShouldBe(672);
    }

    [CorpusFact("urdu")]
    public void UrduIsComplete()
    {
        var listing = Survey("urdu");

        listing.Utterances.Count.ShouldBe(400);
        Counts(listing, u => u.Emotion).ShouldBe([("anger", 100), ("happiness", 100), ("neutral", 100), ("sadness", 100)]);
        Genders(listing).ShouldBe((11, 18));
        listing.Utterances.Where(u => u.Emotion == "anger").Select(u => u.Speaker).Distinct().Count().ShouldBe(4);

        // What the card says of confounding.
        listing.Utterances.GroupBy(u => u.Speaker).Count(s => s.Select(u => u.Emotion).Distinct().Count() == 1).ShouldBe(26);

        // The folders are the publisher's own labels.
        listing.Utterances.ShouldAllBe(u => Path.GetFileName(Path.GetDirectoryName(u.Path))![0] == char.ToUpperInvariant(u.Emotion[0]));
    }

    private static CorpusListing Survey(string name)
    {
        var corpus = CorpusCatalog.Get(name);
        var listing = corpus.Survey(CorpusLocator.Locate(corpus));
        listing.Foreign.ShouldBeEmpty();
        listing.Copies.ShouldBeEmpty();
        listing.Utterances.Select(u => u.Id).ShouldBe(listing.Utterances.Select(u => u.Id).Order(StringComparer.Ordinal));
        Counts(listing, u => u.Emotion).ShouldBe([.. corpus.Card.Classes.Select(c => (c.Key, c.Value))]);
        listing.Utterances.Select(u => u.Speaker).Distinct().Count().ShouldBe(corpus.Card.Speakers);
        corpus.Card.SpeakerCounts!.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)).ShouldBe(Counts(listing, u => u.Speaker));
        Genders(listing).ShouldBe((corpus.Card.FemaleSpeakers!.Value, corpus.Card.MaleSpeakers!.Value));
        return listing;
    }

    private static List<(string Key, int Count)> Counts(CorpusListing listing, Func<Utterance, string> key) =>
        [.. listing.Utterances.GroupBy(key).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal)];

    private static (int Female, int Male) Genders(CorpusListing listing)
    {
        var genders = listing.Utterances.Select(u => (u.Speaker, u.Gender)).Distinct().ToList();
        return (genders.Count(g => g.Gender == "female"), genders.Count(g => g.Gender == "male"));
    }
}
