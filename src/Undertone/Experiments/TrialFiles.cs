using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>The names and writers of a trial's files.</summary>
public static class TrialFiles
{
    /// <summary>The record of the trial.</summary>
    public const string Record = "trial.json";

    /// <summary>One row a test utterance.</summary>
    public const string Predictions = "predictions.csv";

    /// <summary>One row a validation utterance.</summary>
    public const string Validation = "validation.csv";

    /// <summary>One row an epoch.</summary>
    public const string History = "history.csv";

    /// <summary>One row a candidate of a search for hyper-parameters; only where a trial has one.</summary>
    public const string Search = "search.csv";

    /// <summary>Every file that each finished trial has.</summary>
    public static IReadOnlyList<string> All { get; } = [Record, Predictions, Validation, History];

    /// <summary>Writes predictions: <c>utterance,speaker,true,predicted,p(class)...</c>, in the order given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">C classes.</param>
    /// <param name="utterances">N utterances.</param>
    /// <param name="probabilities">N rows of C probabilities, written in the shortest form that reads back the same; without rows the file has no p(...) columns.</param>
    public static void WritePredictions(
        string path, IReadOnlyList<string> classes, IReadOnlyList<Utterance> utterances, IReadOnlyList<float[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(utterances);
        ArgumentNullException.ThrowIfNull(probabilities);
        new PredictionTable(classes, [.. utterances.Select((u, i) => PredictionRow.Of(u, classes, probabilities[i]))]).Write(path);
    }

    /// <summary>Writes a regression's predictions: <c>utterance,speaker,true(target),predicted(target)...</c>, in the order given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">T targets.</param>
    /// <param name="utterances">N utterances.</param>
    /// <param name="values">N rows of T values on the corpus's own scale, written in the shortest form that reads back the same.</param>
    public static void WriteValues(
        string path, IReadOnlyList<string> targets, IReadOnlyList<Utterance> utterances, IReadOnlyList<float[]> values)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(utterances);
        ArgumentNullException.ThrowIfNull(values);
        new RegressionTable(targets, [.. utterances.Select((u, i) => RegressionRow.Of(u, targets, values[i]))]).Write(path);
    }

    /// <summary>The columns of the training history.</summary>
    /// <param name="regression">Whether values are learned: epochs then have a CCC in place of a UAR.</param>
    public static string HistoryColumns(bool regression) => $"epoch,train_loss,validation_loss,{(regression ? "validation_ccc" : "validation_uar")},seconds";

    /// <summary>Writes the training history (<see cref="HistoryColumns"/>); an empty field is a number that does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="history">The epochs.</param>
    /// <param name="regression">Whether values are learned.</param>
    public static void WriteHistory(string path, IReadOnlyList<EpochRecord> history, bool regression = false)
    {
        ArgumentNullException.ThrowIfNull(history);
        var text = new StringBuilder(HistoryColumns(regression)).Append('\n');
        foreach (var epoch in history)
        {
            Row(text,
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture), Number(epoch.TrainLoss), Number(epoch.ValidationLoss),
                Number(regression ? epoch.ValidationCcc : epoch.ValidationUar),
                epoch.Seconds.ToString("0.###", CultureInfo.InvariantCulture),
            ]);
        }

        File.WriteAllText(path, text.ToString());
    }

    /// <summary>Reads a training history that <see cref="WriteHistory"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The epochs; a number that does not exist is NaN.</returns>
    /// <exception cref="UndertoneException">The file is damaged; the message names the line.</exception>
    public static IReadOnlyList<EpochRecord> ReadHistory(string path)
    {
        var lines = File.ReadAllLines(path);
        var regression = lines.Length > 0 && lines[0] == HistoryColumns(regression: true);
        if (!regression && (lines.Length == 0 || lines[0] != HistoryColumns(regression: false)))
        {
            throw new UndertoneException($"{path}, line 1: the file is damaged; expected the columns {HistoryColumns(regression: false)}.");
        }

        return [.. lines.Skip(1).Select((line, i) => Epoch(path, i + 2, line.Split(','), regression))];
    }

    /// <summary>Writes <c>left-out.csv</c>: <c>corpus,file,reason</c>, one row a file that could not be read; no file where there are none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpora">The corpora as read.</param>
    public static void WriteLeftOut(string path, IReadOnlyList<CorpusData> corpora)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        if (corpora.All(c => c.Unreadable.Count == 0))
        {
            File.Delete(path);
            return;
        }

        var text = new StringBuilder("corpus,file,reason\n");
        foreach (var corpus in corpora)
        {
            foreach (var file in corpus.Unreadable)
            {
                Row(text, [corpus.Card.Name, file.Path, file.Reason]);
            }
        }

        RunFolder.WriteWhole(path, text.ToString());
    }

    private static EpochRecord Epoch(string path, int line, string[] fields, bool regression)
    {
        var numbers = new double[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Length > 0 && !double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw Damaged($"'{fields[i]}' is not a number");
            }

            numbers[i] = fields[i].Length > 0 ? numbers[i] : double.NaN;
        }

        return numbers.Length == 5 && numbers[0] is >= 1 and <= int.MaxValue
            ? new EpochRecord((int)numbers[0], numbers[1], numbers[2], regression ? double.NaN : numbers[3], numbers[4])
            {
                ValidationCcc = regression ? numbers[3] : double.NaN,
            }
            : throw Damaged($"{fields.Length} fields, the first '{fields[0]}'; expected 5, the first the epoch, from 1");

        UndertoneException Damaged(string what) =>
            new(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {what} ({HistoryColumns(regression)}); the file is damaged."));
    }

    private static string Number(double value) => double.IsNaN(value) ? string.Empty : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            var field = fields[i];
            text.Append(field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field);
        }

        text.Append('\n');
    }
}
