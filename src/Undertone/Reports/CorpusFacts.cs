using System.Globalization;
using Undertone.Experiments;

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

        var labels = corpus.Labels.Where(r => r.Fold is null).ToList();
        var found = labels.Count > 0 ? labels.Sum(r => r.Utterances) : corpus.Utterances;
        yield return new("Utterances", Figures.Count(corpus.Utterances)
            + (found == corpus.Utterances ? "" : $" of {Figures.Count(found)}")
            + (card is null || card.Utterances == 0 || card.Utterances == found ? "" : $" (a complete copy has {Figures.Count(card.Utterances)})"));
        if (labels.Count > 0)
        {
            yield return new("Labels", Labels(labels));
        }

        foreach (var fold in corpus.Labels.Where(r => r.Fold is not null).GroupBy(r => r.Fold))
        {
            yield return new($"Left out in {fold.Key}", $"{string.Join(", ", fold.Select(Counted))}: not a class of both sides");
        }

        yield return new("Speakers", card is null ? Figures.Count(corpus.Speakers) : $"{Figures.Count(corpus.Speakers)}; {card.SpeakerNote}");
        if (corpus.Target.Length > 0)
        {
            yield return new("Target", corpus.Target);
            if (card is { DimensionScale.Length: > 0 })
            {
                yield return new("Scale", card.DimensionScale);
            }
        }

        yield return new("Duration", (corpus.Seconds / 60).ToString("F1", CultureInfo.InvariantCulture) + " minutes");
        yield return new("Left out", LeftOut(corpus));
        if (card is not null)
        {
            yield return new("Limitations", card.Limitations);
            yield return new("Licence", card.Licence);
            yield return new("Reference", card.Reference);
        }
    }

    private static string Labels(List<LabelsRow> labels)
    {
        var left = labels.Where(r => r.Class is null).ToList();
        var classes = labels.Where(r => r.Class is not null).GroupBy(r => r.Class!)
            .Select(g => g.Count() == 1 && g.First().Label == g.Key ? Counted(g.First()) : $"{g.Key} (from {string.Join(", ", g.Select(Counted))})");
        return $"{labels[0].Scheme}: {string.Join(", ", classes)}; "
            + (left.Count == 0 ? "nothing left out" : $"left out, without a counterpart: {Figures.Of(left.Sum(r => r.Utterances), "utterance")} ({string.Join(", ", left.Select(Counted))})");
    }

    private static string Counted(LabelsRow row) => $"{row.Label} {Figures.Count(row.Utterances)}";

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
