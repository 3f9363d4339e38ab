using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Evaluation;

namespace Undertone.Experiments;

/// <summary>
/// <c>labels.csv</c> of a run folder: what became of each label of each corpus, with its number of utterances. A row with a
/// fold tells of utterances that this fold alone leaves out, because only one side of a cross-corpus pair has their class.
/// </summary>
public static class LabelsFile
{
    /// <summary>The columns. An empty class means: left out.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["corpus", "scheme", "fold", "label", "class", "utterances"];

    /// <summary>The rows of a run; none where every corpus keeps its own labels and no fold leaves anything out.</summary>
    /// <param name="corpora">The corpora, harmonised.</param>
    /// <param name="trials">The trials.</param>
    public static IReadOnlyList<LabelsRow> Rows(IReadOnlyList<CorpusData> corpora, IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        ArgumentNullException.ThrowIfNull(trials);
        var rows = corpora.Where(c => c.Labels is not null)
            .SelectMany(c => c.Labels!.Counts.Select(l => new LabelsRow(c.Card.Name, c.Labels.Scheme, null, l.Label, l.Class, l.Utterances)))
            .ToList();
        foreach (var trial in trials.Where(t => t.TrainingCorpora.Count > 0).DistinctBy(t => (t.Protocol.Protocol.Name, t.Corpus.Card.Name, t.Split.Fold)))
        {
            var classes = trial.Classes;
            rows.AddRange(
                from corpus in trial.TrainingCorpora.Append(trial.Corpus)
                from name in corpus.Classes
                where !classes.Contains(name)
                select new LabelsRow(
                    corpus.Card.Name, corpus.Labels?.Scheme ?? "native", trial.Split.Fold, name, null, corpus.Utterances.Count(u => u.Emotion == name)));
        }

        return [.. rows.Distinct()];
    }

    /// <summary>Writes the file, or removes it where there are no rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows.</param>
    public static void Write(string path, IReadOnlyList<LabelsRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            File.Delete(path);
            return;
        }

        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', new[] { row.Corpus, row.Scheme, row.Fold ?? "", row.Label, row.Class ?? "", row.Utterances.ToString(CultureInfo.InvariantCulture) }.Select(CsvRecords.Field)).Append('\n');
        }

        RunFolder.WriteWhole(path, text.ToString());
    }
}

/// <summary>A row of <c>labels.csv</c>.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Scheme">The label scheme.</param>
/// <param name="Fold">The fold that leaves the utterances out; null for all folds.</param>
/// <param name="Label">The corpus's own label; with a fold, the class.</param>
/// <param name="Class">The class that it became; null where the utterances are left out.</param>
/// <param name="Utterances">How many utterances.</param>
public sealed record LabelsRow(string Corpus, string Scheme, string? Fold, string Label, string? Class, int Utterances);
