using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Evaluation;

namespace Undertone.Experiments;

/// <summary>
/// The run folder's <c>utterances.csv</c>: one row an utterance, with all that its corpus knows of it but its label,
/// which stands in the predictions. An empty field is something that the corpus does not say.
/// </summary>
public static class UtterancesFile
{
    // Every file has these; later versions added columns after them.
    private static readonly string[] First = ["corpus", "utterance", "speaker", "gender", "age", "language", "text", "session", "seconds", "audio_hash"];

    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. First, "intensity", "arousal", "valence", "dominance", "human_rate", "votes", "start", "end", "style"];

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="corpora">The corpora as read.</param>
    public static void Write(string path, IEnumerable<CorpusData> corpora)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (var u in corpora.SelectMany(c => c.Utterances))
        {
            string?[] fields =
            [
                u.Corpus, u.Id, u.Speaker, u.Gender, u.Age?.ToString(CultureInfo.InvariantCulture), u.Language, u.Text, u.Session,
                Number(u.Seconds), u.AudioHash, u.Intensity, Number(u.Arousal), Number(u.Valence), Number(u.Dominance), Number(u.HumanRate),
                u.Votes?.ToString(), Number(u.Start), Number(u.End), u.Style,
            ];
            text.AppendJoin(',', fields.Select(f => CsvRecords.Field(f ?? ""))).Append('\n');
        }

        RunFolder.WriteWhole(path, text.ToString());
    }

    /// <summary>Reads the file; an older one, which lacks some of the last columns, is read too.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The utterances in the file's order. Their path and emotion are empty: the file does not hold them.</returns>
    /// <exception cref="UndertoneException">The file is damaged; the message names it, the line and the column.</exception>
    public static IReadOnlyList<Utterance> Read(string path)
    {
        using var reader = new StreamReader(path);
        using var records = CsvRecords.Read(reader, path).GetEnumerator();
        var header = records.MoveNext() ? records.Current.Fields : [];
        if (header.Count < First.Length || !Columns.Take(header.Count).SequenceEqual(header))
        {
            throw new UndertoneException($"{path}:1: expected the columns {string.Join(',', Columns)}. Delete the file's folder, or run the experiment again.");
        }

        var utterances = new List<Utterance>();
        while (records.MoveNext())
        {
            var (line, fields) = records.Current;
            if (fields.Count != header.Count)
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}:{line}: {fields.Count} fields; expected {header.Count} ({string.Join(',', header)})."));
            }

            utterances.Add(Row(path, line, fields));
        }

        return utterances;
    }

    private static Utterance Row(string path, int line, List<string> fields)
    {
        return new Utterance(fields[0], fields[1], "", fields[2], "")
        {
            Gender = Text(3),
            Age = Value("age") is { } age ? (int)age : null,
            Language = Text(5),
            Text = Text(6),
            Session = Text(7),
            Seconds = Value("seconds") ?? 0,
            AudioHash = fields[9],
            Intensity = Text(10),
            Arousal = Value("arousal"),
            Valence = Value("valence"),
            Dominance = Value("dominance"),
            HumanRate = Value("human_rate"),
            Votes = Votes(),
            Start = Value("start"),
            End = Value("end"),
            Style = Text(18),
        };

        string? Text(int column) => column < fields.Count && fields[column].Length > 0 ? fields[column] : null;

        double? Value(string name) => Text(Columns.ToList().IndexOf(name)) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {name} '{text}' is not a number."));

        EmotionVotes? Votes()
        {
            try
            {
                return Text(15) is { } text ? EmotionVotes.Parse(text) : null;
            }
            catch (FormatException e)
            {
                throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: votes {e.Message}"), e);
            }
        }
    }

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
