using System.Globalization;

namespace Undertone.Reports;

/// <summary>What a report says of a corpus.</summary>
internal static class CorpusFacts
{
    private const int ShownFiles = 10;

    /// <summary>Names and values, in the order in which they are shown.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ReportCorpus corpus)
    {
        var card = corpus.Card;
        if (card is not null)
        {
            yield return new("Corpus", card.Title);
            yield return new("Language", $"{card.Language} ({card.LanguageCode})");
            yield return new("Kind of speech", card.RecordingType);
        }

        yield return new("Utterances", card is null || card.Utterances == corpus.Utterances
            ? Figures.Count(corpus.Utterances)
            : $"{Figures.Count(corpus.Utterances)} (a complete copy has {Figures.Count(card.Utterances)})");
        yield return new("Speakers", card is null ? Figures.Count(corpus.Speakers) : $"{Figures.Count(corpus.Speakers)}; {card.SpeakerNote}");
        yield return new("Duration", (corpus.Seconds / 60).ToString("F1", CultureInfo.InvariantCulture) + " minutes");
        yield return new("Left out", LeftOut(corpus));
        if (card is not null)
        {
            yield return new("Limitations", card.Limitations);
            yield return new("Licence", card.Licence);
            yield return new("Reference", card.Reference);
        }
    }

    private static string LeftOut(ReportCorpus corpus)
    {
        if (corpus.LeftOut.Count == 0)
        {
            return "no file";
        }

        var shown = string.Join("; ", corpus.LeftOut.Take(ShownFiles).Select(f => $"{Path.GetFileName(f.Path)} ({f.Reason})"));
        var more = corpus.LeftOut.Count - ShownFiles;
        return $"{Figures.Of(corpus.LeftOut.Count, "file")}: {shown}" + (more > 0 ? $"; and {Figures.Count(more)} more" : "");
    }
}
